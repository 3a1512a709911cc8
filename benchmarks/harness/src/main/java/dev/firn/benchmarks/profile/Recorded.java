package dev.firn.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** The samples in a recording, without those of threads that wait. */
final class Recorded {

    private static final String JAVA = "jdk.ExecutionSample";
    private static final String NATIVE = "jdk.NativeMethodSample";

    /** The settings that the JDK brings have both at this, or the one at half of it. */
    private static final Duration USUAL_PERIOD = Duration.ofMillis(20);

    /** The recorder can't tell a native method that works from one that waits for something, from standard input say. */
    private static final Set<String> WAITING = Set.of(
            "sun.nio.ch.EPoll.wait",
            "sun.nio.ch.Net.accept",
            "sun.nio.ch.Net.poll",
            "sun.nio.ch.ServerSocketChannelImpl.accept0",
            "sun.nio.fs.LinuxWatchService.poll",
            "java.io.FileInputStream.readBytes",
            "java.lang.Object.wait",
            "java.lang.ProcessHandleImpl.waitForProcessExit0",
            "java.lang.Thread.sleep",
            "java.lang.ref.Reference.waitForReferencePendingList",
            "java.net.PlainSocketImpl.socketAccept",
            "java.net.SocketInputStream.socketRead0",
            "jdk.internal.misc.Unsafe.park");

    private final Map<Long, String> kinds;
    private final Map<String, Duration> periods = new HashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();

    private Recorded(Map<Long, String> kinds) {
        this.kinds = kinds;
    }

    static List<Sample> samples(Path file) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            Recorded recorded = new Recorded(recording.readEventTypes().stream()
                    .filter(type ->
                            type.getName().equals(JAVA) || type.getName().equals(NATIVE))
                    .collect(Collectors.toMap(EventType::getId, EventType::getName)));
            while (recording.hasMoreEvents()) {
                recorded.take(recording.readEvent());
            }
            return recorded.samples();
        }
    }

    /** Events come in no order, and the settings need not come first. */
    private void take(RecordedEvent event) {
        String kind = event.getEventType().getName();
        if (kind.equals(JAVA) || kind.equals(NATIVE)) {
            events.add(event);
        } else if (kind.equals("jdk.ActiveSetting") && event.getString("name").equals("period")) {
            Optional.ofNullable(kinds.get(event.getLong("id")))
                    .ifPresent(of -> period(event.getString("value")).ifPresent(period -> periods.put(of, period)));
        }
    }

    private List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (RecordedEvent event : events) {
            List<String> frames = frames(event);
            String kind = event.getEventType().getName();
            if (frames.isEmpty() || (kind.equals(NATIVE) && WAITING.contains(frames.get(0)))) {
                continue;
            }
            Duration period = periods.getOrDefault(kind, USUAL_PERIOD);
            samples.add(new Sample(event.getStartTime(), period, thread(event), frames));
        }
        return samples;
    }

    private static List<String> frames(RecordedEvent event) {
        return event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames().stream()
                        .filter(RecordedFrame::isJavaFrame)
                        .map(frame -> name(frame.getMethod()))
                        .toList();
    }

    /** A lambda's class has a number that is another one in each process. */
    private static String name(RecordedMethod method) {
        return method.getType().getName().replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda") + "." + method.getName();
    }

    private static String thread(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        return thread == null || thread.getJavaName() == null ? "(no name)" : thread.getJavaName();
    }

    /** As the settings have it: {@code 20 ms}; {@code everyChunk} and the like are no period. */
    private static Optional<Duration> period(String text) {
        String[] words = text.split(" ");
        if (words.length != 2 || !words[0].matches("[0-9]+")) {
            return Optional.empty();
        }
        long count = Long.parseLong(words[0]);
        return switch (words[1]) {
            case "ns" -> Optional.of(Duration.ofNanos(count));
            case "us" -> Optional.of(Duration.ofNanos(count * 1_000));
            case "ms" -> Optional.of(Duration.ofMillis(count));
            case "s" -> Optional.of(Duration.ofSeconds(count));
            default -> Optional.empty();
        };
    }
}
