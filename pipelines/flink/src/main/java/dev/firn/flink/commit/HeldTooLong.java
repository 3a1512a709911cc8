package dev.firn.flink.commit;

import dev.firn.definition.bind.ByteSize;
import dev.firn.plan.TableCommits;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.Optional;

/** Whether a held table has passed a limit of its {@code hold}, and what to say then. */
final class HeldTooLong {

    private HeldTooLong() {}

    /** Which limit is passed, if one is: a sentence for the user. */
    static Optional<String> of(TableHealth health, TableCommits rules) {
        return health.heldFor()
                .flatMap(held -> limit(health, held, rules))
                .map(limit -> "table `" + health.table() + "` is held " + limit + ", as far as its `hold` goes: "
                        + health.reason());
    }

    /** Why the job must stop. */
    static OutsideException stop(String limit) {
        return new OutsideException(limit + "; what is staged for it is in the ledger, and the next run commits it");
    }

    private static Optional<String> limit(TableHealth health, Duration held, TableCommits rules) {
        if (held.compareTo(rules.holdFor()) > 0) {
            return Optional.of("for " + words(rules.holdFor()));
        }
        return health.stagedBytes() > rules.holdBytes().bytes()
                ? Optional.of("with " + new ByteSize(health.stagedBytes()) + " staged")
                : Optional.empty();
    }

    /** {@code 12h}, {@code 1h 30m}, {@code 45s}. */
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        String minutes = time.toMinutesPart() == 0 ? "" : time.toMinutesPart() + "m";
        return seconds < 3600 ? minutes : (time.toHours() + "h " + minutes).strip();
    }
}
