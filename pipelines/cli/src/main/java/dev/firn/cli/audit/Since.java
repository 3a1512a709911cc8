package dev.firn.cli.audit;

import dev.firn.definition.bind.Times;
import dev.firn.spi.ledger.WrittenEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a balance sheet begins. */
public sealed interface Since {

    /** @param now when the question was asked */
    boolean includes(WrittenEpoch epoch, Instant now);

    /** With an epoch; one that stands for several counts if it is one of them. */
    record Epoch(long number) implements Since {
        @Override
        public boolean includes(WrittenEpoch epoch, Instant now) {
            return epoch.epoch().number() >= number;
        }
    }

    /** With the first epoch that was written within a time. */
    record Ago(Duration time) implements Since {
        @Override
        public boolean includes(WrittenEpoch epoch, Instant now) {
            return !epoch.at().isBefore(now.minus(time));
        }
    }

    /** A number is an epoch's, and what has a unit a time; empty for all else. */
    static Optional<Since> parse(String word) {
        if (word.matches("[0-9]{1,18}")) {
            return Optional.of(new Epoch(Long.parseLong(word)));
        }
        return Times.parse(word)
                .filter(time -> time.compareTo(Duration.ofDays(365_000)) < 0)
                .map(Ago::new);
    }
}
