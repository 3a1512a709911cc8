package dev.firn.cli.rewind;

import dev.firn.cli.ExitCode;
import dev.firn.cli.audit.Since;
import dev.firn.cli.audit.SourceExtents;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableRewind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what it takes to go back to an epoch; changes nothing. */
public final class RewindPlanner {

    /** How many obstacles of one kind are named before the rest is a number. */
    private static final int NAMED = 3;

    private final Lake lake;
    private final TableName ledgerName;

    public RewindPlanner(Lake lake, TableName ledgerName) {
        this.lake = lake;
        this.ledgerName = ledgerName;
    }

    /**
     * Which epoch somebody means who names it, or a time: the last that was older than that.
     *
     * @throws RewindRefused if there is none
     */
    public long epoch(Since word, Instant now) throws RewindRefused {
        Ledger ledger = lake.ledger();
        long last = ledger.read().lastEpoch();
        if (word instanceof Since.Epoch epoch) {
            if (epoch.number() > last) {
                throw new RewindRefused(
                        ExitCode.FILE,
                        "there is no epoch " + epoch.number() + ": the ledger `" + ledgerName + "` ends with epoch "
                                + last);
            }
            return epoch.number();
        }
        long[] found = {-1};
        boolean[] behind = {false};
        ledger.history(0, written -> {
            behind[0] |= word.includes(written, now);
            if (!behind[0] && written.takenBack().isEmpty()) {
                found[0] = written.epoch().number();
            }
        });
        if (found[0] < 0) {
            throw new RewindRefused(
                    ExitCode.NO,
                    "no epoch of the ledger `" + ledgerName + "` is that old; `--to 0` takes everything back");
        }
        return found[0];
    }

    /** @param sources what they hold now */
    public RewindPlan plan(long to, SourceExtents sources) {
        SourceStarts starts = new SourceStarts(sources, lake.lastReplayed());
        Ledger ledger = lake.ledger();
        LedgerState state = ledger.read();
        Taken taken = new Taken(to);
        ledger.history(0, taken::add);
        List<String> obstacles = new ArrayList<>();
        taken.obstacle().ifPresent(obstacles::add);
        Map<Split, Long> positions = new TreeMap<>();
        List<RewindPlan.SplitBack> splits = List.of();
        if (obstacles.isEmpty()) {
            positions.putAll(ledger.positionsBehind(to));
            taken.firstSeen().forEach(positions::putIfAbsent);
            splits = splits(state.positions(), positions, taken.read());
            obstacles.addAll(some(splits.stream()
                    .flatMap(split -> starts.obstacle(split.split(), split.to()).stream())
                    .toList()));
        }
        List<TableRewind> tables = new ArrayList<>();
        List<TableName> gone = new ArrayList<>();
        taken.tables().forEach((table, incarnations) -> lake.rewind(table, to)
                .filter(back -> isOurs(back, incarnations))
                .ifPresentOrElse(tables::add, () -> gone.add(table)));
        obstacles.addAll(
                some(tables.stream().flatMap(table -> table.obstacle().stream()).toList()));
        List<Epoch> waiting =
                state.open().stream().filter(epoch -> epoch.number() <= to).toList();
        return new RewindPlan(
                ledgerName,
                to,
                state.lastEpoch(),
                taken.writtenAt(),
                new TreeMap<>(positions),
                splits,
                tables,
                gone,
                waiting,
                obstacles,
                obstacles.isEmpty() ? OptionalLong.empty() : nearest(taken, state.lastEpoch(), tables, starts));
    }

    /**
     * A mark in a table that somebody else has made anew would hide from the next start that its rows are gone; one that waits
     * for its first rows needs it, for they may be under way.
     */
    private boolean isOurs(TableRewind back, Set<String> incarnations) {
        return incarnations.contains(back.staged().incarnation())
                || lake.lastEpoch(back.table()).isPresent();
    }

    private static List<RewindPlan.SplitBack> splits(
            Map<Split, Long> now, Map<Split, Long> then, Map<Split, Long> read) {
        List<RewindPlan.SplitBack> back = new ArrayList<>();
        then.forEach((split, position) -> {
            long at = now.getOrDefault(split, position);
            if (at != position) {
                back.add(new RewindPlan.SplitBack(split, at, position, read.getOrDefault(split, 0L)));
            }
        });
        return back;
    }

    private static List<String> some(List<String> obstacles) {
        if (obstacles.size() <= NAMED) {
            return obstacles;
        }
        List<String> some = new ArrayList<>(obstacles.subList(0, NAMED));
        some.add("and so with " + (obstacles.size() - NAMED) + " more");
        return some;
    }

    /** Goes forward until tables, ledger and sources agree; empty if they do so nowhere. */
    private OptionalLong nearest(Taken taken, long last, List<TableRewind> tables, SourceStarts starts) {
        long at = taken.to();
        while (at < last) {
            long next = at;
            for (TableRewind table : tables) {
                long candidate = next;
                next = lake.rewind(table.table(), candidate)
                        .map(TableRewind::nearest)
                        .orElse(candidate);
            }
            OptionalLong epoch = nearestOfLedger(next, taken, starts);
            if (epoch.isEmpty() || epoch.getAsLong() >= last) {
                return OptionalLong.empty();
            }
            if (epoch.getAsLong() == at && next == at) {
                return epoch;
            }
            at = epoch.getAsLong();
        }
        return OptionalLong.empty();
    }

    /** The first epoch from there on that has a row of its own, or ends one, and behind which all can be read again. */
    private OptionalLong nearestOfLedger(long from, Taken taken, SourceStarts starts) {
        // Splits that an epoch does not know yet would go back to where they were opened.
        Map<Split, Long> positions = new TreeMap<>(taken.firstSeen());
        Map<Split, Long> end = lake.ledger().read().positions();
        List<Long> found = new ArrayList<>();
        lake.ledger().history(0, written -> {
            if (found.isEmpty() && written.takenBack().isEmpty()) {
                advance(positions, written);
                if (written.epoch().number() >= from && canBeReadAgain(positions, end, starts)) {
                    found.add(written.epoch().number());
                }
            }
        });
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.get(0));
    }

    private static void advance(Map<Split, Long> positions, WrittenEpoch written) {
        for (SplitProgress line : written.epoch().progress()) {
            positions.put(line.split(), line.to());
        }
    }

    private static boolean canBeReadAgain(Map<Split, Long> positions, Map<Split, Long> end, SourceStarts starts) {
        return positions.entrySet().stream()
                .filter(split -> !split.getValue().equals(end.get(split.getKey())))
                .map(split -> starts.obstacle(split.getKey(), split.getValue()))
                .allMatch(Optional::isEmpty);
    }
}
