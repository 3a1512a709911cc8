package dev.firn.flink.session;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A failure on a cluster, of which the stack trace is all that comes over.
 *
 * @param causes from the outermost to the root
 */
public record RemoteFailure(List<Thrown> causes) {

    /** An exception by its class and what it said; {@code message} is empty where it said nothing. */
    public record Thrown(String type, String message) {

        private boolean is(Class<?> kind) {
            try {
                return kind.isAssignableFrom(Class.forName(type, false, RemoteFailure.class.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError elsewhere) {
                return false;
            }
        }
    }

    private static final String CAUSE = "Caused by: ";
    private static final String SERIALIZED = "org.apache.flink.util.SerializedThrowable";

    /** Packages whose exceptions come from a broker, a catalog, a network or a disk. */
    private static final List<String> OUTSIDE =
            List.of("org.apache.kafka.", "org.apache.iceberg.exceptions.", "java.net.", "java.nio.file.", "java.sql.");

    private static final Set<String> MISSING =
            Set.of(ClassNotFoundException.class.getName(), NoClassDefFoundError.class.getName());

    public RemoteFailure {
        causes = List.copyOf(causes);
    }

    /** Reads what {@link Throwable#printStackTrace()} has written. */
    public static RemoteFailure of(String stackTrace) {
        List<Thrown> causes = new ArrayList<>();
        StringBuilder head = new StringBuilder();
        boolean inMessage = true;
        for (String line : stackTrace.lines().toList()) {
            if (line.startsWith(CAUSE)) {
                add(causes, head);
                head.append(line.substring(CAUSE.length()));
                inMessage = true;
            } else if (line.startsWith("\tat ") || line.startsWith("\t... ") || line.startsWith("\tSuppressed: ")) {
                inMessage = false;
            } else if (inMessage) {
                head.append(head.length() == 0 ? "" : "\n").append(line);
            }
        }
        add(causes, head);
        return new RemoteFailure(causes);
    }

    private static void add(List<Thrown> causes, StringBuilder head) {
        String text = head.toString().strip();
        head.setLength(0);
        // Flink puts an exception that it can't send into one that it can, whose message repeats the class.
        if (text.startsWith(SERIALIZED + ": ")) {
            text = text.substring(SERIALIZED.length() + 2);
        }
        int end = 0;
        while (end < text.length() && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String type = text.substring(0, end);
        if (type.matches("([a-z_0-9]+\\.)+[A-Z].*") && (end == text.length() || text.startsWith(": ", end))) {
            causes.add(new Thrown(type, text.substring(Math.min(text.length(), end + 2))));
        }
    }

    /** Whether there was a stack trace to read. */
    public boolean isKnown() {
        return !causes.isEmpty();
    }

    /** Whose move it is. */
    public enum Kind {
        /** The user's: data or settings are not as they must be, or the job was refused. */
        REFUSED,
        /** Somebody's who keeps a broker, a catalog, a network or the cluster. */
        OUTSIDE,
        /** Ours. */
        BUG
    }

    public Kind kind() {
        return told().kind();
    }

    /** One sentence, without class names where the cause is the user's or the world's. */
    public String sentence() {
        return told().sentence();
    }

    private record Told(Kind kind, String sentence) {}

    private Told told() {
        if (causes.stream().anyMatch(RemoteFailure::hasNoSlots)) {
            return new Told(Kind.OUTSIDE, "the cluster has no free slot for it");
        }
        Optional<Thrown> lost = causes.stream().filter(RemoteFailure::isLost).findFirst();
        if (lost.isPresent()) {
            return new Told(
                    Kind.OUTSIDE, "a TaskManager is gone: " + bare(lost.get().message()));
        }
        return telling().map(RemoteFailure::told).orElse(new Told(Kind.OUTSIDE, "nothing is known of why"));
    }

    private static Told told(Thrown thrown) {
        if (MISSING.contains(thrown.type())) {
            return new Told(
                    Kind.OUTSIDE,
                    "the cluster does not find the class " + thrown.message().replace('/', '.')
                            + ": it has other jars than this Firn");
        }
        if (isRefusal(thrown) || isOutside(thrown) || isFlinks(thrown)) {
            return new Told(
                    isRefusal(thrown) ? Kind.REFUSED : Kind.OUTSIDE,
                    thrown.message().isEmpty() ? thrown.type() : bare(thrown.message()));
        }
        return new Told(
                Kind.BUG, "our bug: " + thrown.type() + (thrown.message().isEmpty() ? "" : ": " + thrown.message()));
    }

    private static boolean isRefusal(Thrown thrown) {
        return !thrown.is(OutsideException.class)
                && (thrown.is(CommitRefused.class)
                        || thrown.is(Ledger.RunSuperseded.class)
                        || (thrown.type().startsWith("dev.firn.")
                                && thrown.is(RuntimeException.class)
                                && !thrown.is(IllegalStateException.class)));
    }

    private static boolean isOutside(Thrown thrown) {
        return thrown.is(OutsideException.class) || thrown.is(IOException.class) || isOfTheOutside(thrown.type());
    }

    /** Whether a class of exceptions is one of a broker, a catalog, a network or a disk. */
    public static boolean isOfTheOutside(String type) {
        return OUTSIDE.stream().anyMatch(type::startsWith);
    }

    private static boolean isFlinks(Thrown thrown) {
        return thrown.type().startsWith("org.apache.flink.");
    }

    /** The cause that says most to its reader: the first that is meant for people, else the root. */
    private Optional<Thrown> telling() {
        return causes.stream()
                .filter(thrown -> isRefusal(thrown) || thrown.is(OutsideException.class))
                .findFirst()
                .or(() -> causes.isEmpty() ? Optional.empty() : Optional.of(causes.get(causes.size() - 1)));
    }

    /** Ours has no full stop at its end, Flink's has. */
    private static String bare(String sentence) {
        return sentence.replaceFirst("\\.$", "");
    }

    private static boolean hasNoSlots(Thrown thrown) {
        return thrown.type().endsWith(".NoResourceAvailableException");
    }

    /** Flink's words for a process that ended, or was not heard of for too long. */
    private static boolean isLost(Thrown thrown) {
        return thrown.type().endsWith(".RemoteTransportException")
                || (thrown.type().endsWith(".JobMasterException")
                        && thrown.message().contains("TaskManager"))
                || thrown.message().contains("is no longer reachable")
                || thrown.message().contains("Heartbeat of TaskManager");
    }
}
