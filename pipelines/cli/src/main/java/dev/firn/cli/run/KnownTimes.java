package dev.firn.cli.run;

import dev.firn.flink.write.AskedTimes;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.StartTimes;
import dev.firn.flink.write.WriterRoutes;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.NewestTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The event times that a start goes on from: of all that the ledger has, those that the file asks for now.
 *
 * @param rules what the file says of tables' rows
 * @param routes the streams that it reads
 */
record KnownTimes(PlannedRules rules, WriterRoutes routes, Clock clock) {

    /** Whoever has events of next month is left alone; times that were told twice lie decades ahead. */
    private static final Duration MOST_AHEAD = Duration.ofDays(366);

    /**
     * Reads what the ledger has got since, unless no row can be late.
     *
     * @param before what was read of it already
     */
    NewestTime.Fold read(Ledger ledger, NewestTime.Fold before) {
        return rules.knowTimes() ? ledger.newestTimes(before) : before;
    }

    /** Those that the file asks for. One by which everything behind it would be late for long is not believed. */
    StartTimes asked(NewestTime.Fold all) {
        AskedTimes asked = new AskedTimes(rules, routes);
        List<NewestTime> known = new ArrayList<>();
        List<NewestTime> unbelieved = new ArrayList<>();
        Instant most = clock.instant().plus(MOST_AHEAD);
        for (NewestTime time : all.newest()) {
            if (asked.isAsked(time)) {
                (at(time).isAfter(most) ? unbelieved : known).add(time);
            }
        }
        return new StartTimes(known, unbelieved);
    }

    /** What is said of those that are not believed. */
    static List<String> sentences(StartTimes times) {
        return times.unbelieved().stream()
                .map(time -> "the ledger has seen `" + time.column() + "` of `" + time.table() + "` at " + at(time)
                        + " from " + time.split().id() + ", more than a year ahead, which is not believed: rows from"
                        + " there are late only by those that come from now on")
                .toList();
    }

    private static Instant at(NewestTime time) {
        return Instant.EPOCH.plus(time.micros(), ChronoUnit.MICROS);
    }
}
