package dev.firn.connector.kafka.broker;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/** A cluster did not answer as asked; the message is for the user and names no class. */
public final class ClusterFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whose move it is. */
    public enum Kind {
        /** Nobody answers. */
        UNREACHABLE,
        /** Somebody answers, and refuses. */
        REFUSED,
        /** The clients' own settings are wrong. */
        WRONG_SETTING
    }

    private static final String JAAS = "JAAS config";

    private final Kind kind;

    public ClusterFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private ClusterFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /** What an exception of a Kafka client means, said in words. */
    public static ClusterFailure of(Throwable thrown) {
        Throwable cause = rootOf(thrown);
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof ConfigException) {
            boolean unresolvable = said.startsWith("No resolvable bootstrap urls");
            return unresolvable
                    ? new ClusterFailure(Kind.UNREACHABLE, "none of the host names can be resolved", cause)
                    : new ClusterFailure(Kind.WRONG_SETTING, said, cause);
        }
        if (said.contains(JAAS)) {
            // Some of these quote the word that they stumble over, which may be a password; so does what is below them.
            return new ClusterFailure(
                    Kind.WRONG_SETTING, said.contains("'") ? "`sasl.jaas.config` is no JAAS configuration" : said);
        }
        if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            return new ClusterFailure(Kind.UNREACHABLE, "no broker answers in time", cause);
        }
        if (cause instanceof AuthenticationException) {
            return new ClusterFailure(Kind.REFUSED, "the broker refuses the login: " + said, cause);
        }
        if (cause instanceof AuthorizationException) {
            return new ClusterFailure(Kind.REFUSED, "the broker refuses access: " + said, cause);
        }
        return new ClusterFailure(Kind.REFUSED, "the broker answers: " + said, cause);
    }

    /** Kafka's own exception below the wrappers: a future's, a constructor's; the cause of a login says more than it. */
    private static Throwable rootOf(Throwable thrown) {
        Throwable current = thrown;
        while (current.getCause() != null
                && (current instanceof ExecutionException || isConstructorsWrapper(current))) {
            current = current.getCause();
        }
        return current;
    }

    private static boolean isConstructorsWrapper(Throwable thrown) {
        return thrown.getClass().equals(org.apache.kafka.common.KafkaException.class);
    }
}
