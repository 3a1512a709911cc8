package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.audit.SourceExtents;
import dev.firn.cli.rewind.MayGo;
import dev.firn.cli.rewind.RewindPlan;
import dev.firn.cli.rewind.RewindPlanner;
import dev.firn.cli.rewind.RewindRefused;
import dev.firn.cli.rewind.Rewinder;
import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.WrittenTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableRewind;
import dev.firn.spi.source.SplitRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** Tables and positions go back to an epoch on purpose, and what came later is read and written again, once. */
class RewindIT {

    private static Firn.Answer rewind(Events events, String... options) {
        List<String> arguments = new ArrayList<>(List.of("rewind"));
        arguments.addAll(List.of(options));
        arguments.add(events.pipeline().file().toString());
        return events.firn(arguments.toArray(String[]::new));
    }

    private static void balances(Events events, String... lines) {
        Firn.Answer audit =
                events.firn("audit", "--recount", events.pipeline().file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).contains(lines);
    }

    /** Every event once in the table, and as many in the epochs that count. */
    private static void assertEachOnce(Events events, long last) {
        assertThat(events.ids())
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        long[] read = {0};
        try (Lake lake = events.pipeline().lake()) {
            lake.ledger().history(0, written -> {
                if (written.takenBack().isEmpty()) {
                    read[0] += written.epoch().progress().stream()
                            .mapToLong(SplitProgress::read)
                            .sum();
                }
            });
        }
        assertThat(read[0]).isEqualTo(last);
    }

    @Test
    void readsAgainWhatCameBehindTheEpoch() throws Exception {
        Events events = Events.of("takenback");
        String file = events.pipeline().file().toString();
        events.send(1, 3);
        events.goOn();
        long to = events.lastEpoch();
        events.log().growTo(2);
        events.send(4, 5);
        events.send(1, 6, 6);
        events.goOn();
        long last = events.lastEpoch();
        long run = events.pipeline().ledger().lastRun();

        Firn.Answer asked = rewind(events, "--to", Long.toString(to));
        assertThat(asked.exitCode()).isEqualTo(4);
        assertThat(asked.err())
                .isEqualTo(String.format("firn: nothing was changed; without a terminal it needs `--yes`%n"));
        assertThat(asked.out())
                .startsWith(events.pipeline().name() + ".firn_ledger: back to epoch " + to + ", written ")
                .containsPattern("kafka/" + events.topic() + "-0 +5 +3 +2\n")
                .containsPattern("kafka/" + events.topic() + "-1 +1 +0 +1\n")
                .containsPattern(
                        events.pipeline().table(events.topic()) + " +[1-3] +3\n +goes back to snapshot [0-9]+\n");
        assertThat(events.lastEpoch()).isEqualTo(last);
        assertThat(events.pipeline().ledger().lastRun()).isEqualTo(run);

        Firn.Answer done = rewind(events, "--to", Long.toString(to), "--yes");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .endsWith(String.format(
                        "taken back to epoch %d by epoch %d: 1 of 1 tables are back, and 3 records are read again%n",
                        to, last + 1));
        assertThat(done.err()).isEqualTo(String.format("read on with: firn run %s%n", file));
        assertThat(events.ids()).containsExactly(1L, 2L, 3L);
        balances(
                events,
                "epoch " + (last + 1) + " is a rewind to epoch " + to + ": ",
                "balances: 3 records were read, and each is accounted for\n");

        Firn.Answer state = events.run("--resume", "state");
        assertThat(state.exitCode()).isEqualTo(1);
        assertThat(state.err())
                .contains(" is of before run " + (run + 1) + ", which has taken the ledger `"
                        + events.pipeline().name() + ".firn_ledger` back to epoch " + to
                        + ": go on from the ledger with `--resume ledger`\n");
        assertThat(events.goOn())
                .contains("goes on from the ledger, behind epoch " + (last + 1) + ": ")
                .contains(" is of before run " + (run + 1) + ", which has taken the ledger back to epoch " + to + "\n");
        assertEachOnce(events, 6);
        assertThat(events.goOn())
                .as("the state is of behind the rewind")
                .contains("goes on from ", ", at the same positions\n");
        assertEachOnce(events, 6);
        balances(events, "balances: 6 records were read, and each is accounted for\n");

        // The partition that came later goes back to where it was opened, and the brokers have deleted that.
        // Whether a later epoch can still be gone back to depends on where checkpoints fell between the records.
        events.log().deleteBefore(1, 1);
        Firn.Answer gone = rewind(events, "--to", Long.toString(to), "--yes");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err())
                .startsWith("firn: epoch " + to + " can't be gone back to, and nothing was changed; ")
                .doesNotContain("the nearest that can is epoch " + to);
    }

    /** As if the process had been killed between the ledger and the table. */
    private static void decide(Events events, long to) {
        try (Lake lake = events.pipeline().lake()) {
            Ledger ledger = lake.ledger();
            TableRewind back =
                    lake.rewind(events.pipeline().table(events.topic()), to).orElseThrow();
            long run = ledger.claimRun();
            LedgerState state = ledger.read();
            lake.keep(back, state.lastEpoch() + 1);
            ledger.append(new Rewind(
                    new Epoch(state.lastEpoch() + 1, run, "", 0, List.of(), List.of(), List.of(back.staged())),
                    to,
                    ledger.positionsBehind(to)));
        }
    }

    @Test
    void isTakenToItsEndByTheNextRun() throws Exception {
        Events events = Events.of("interrupted");
        events.send(1, 3);
        events.goOn();
        long to = events.lastEpoch();
        events.send(4, 6);
        events.goOn();
        decide(events, to);
        assertThat(events.ids()).hasSize(6);
        balances(events, "3 rows of them a rewind takes back; the pipeline's next start does it\n");

        events.goOn();

        assertEachOnce(events, 6);
        Table table = WrittenTable.of(events.pipeline(), events.topic()).table();
        assertThat(table.refs()).containsOnlyKeys("main");
        balances(events, "balances: 6 records were read, and each is accounted for\n");

        decide(events, 0);
        balances(events, "6 rows of them a rewind takes back; the pipeline's next start does it\n");
    }

    @Test
    void looksOnceMoreBeforeItIsDecided() throws Exception {
        Events events = Events.of("oncemore");
        events.send(1, 3);
        events.goOn();
        long to = events.lastEpoch();
        events.send(4, 6);
        events.goOn();
        long last = events.lastEpoch();
        try (Lake lake = events.pipeline().lake()) {
            Split split = lake.ledger().read().positions().keySet().iterator().next();
            RewindPlanner planner =
                    new RewindPlanner(lake, new TableName(events.pipeline().name() + ".firn_ledger"));
            RewindPlan shown = planner.plan(to, holding(split, 0));

            assertThatThrownBy(() -> new Rewinder(lake, planner, () -> holding(split, 7), EnumSet.allOf(MayGo.class))
                            .rewind(shown))
                    .isInstanceOf(RewindRefused.class)
                    .hasMessage("epoch " + to
                            + " can't be gone back to, and nothing was changed; nor can any epoch behind it");

            Table table = WrittenTable.of(events.pipeline(), events.topic()).table();
            table.newDelete()
                    .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
                    .commit();
            assertThatThrownBy(() -> new Rewinder(lake, planner, () -> holding(split, 0), EnumSet.allOf(MayGo.class))
                            .rewind(shown))
                    .isInstanceOf(RewindRefused.class)
                    .hasMessage("others have changed table `"
                            + events.pipeline().table(events.topic())
                            + "` with snapshot `" + table.currentSnapshot().snapshotId()
                            + "` since the plan was shown, and nothing was taken back: look once more");
        }
        assertThat(events.lastEpoch()).isEqualTo(last);
    }

    private static SourceExtents holding(Split split, long start) {
        return new SourceExtents(
                Map.of(split.source(), split.stream()::equals), Map.of(split.id(), new SplitRange(split, start, 7)));
    }

    @Test
    void changesNothingWhereRowsWouldBeLost() throws Exception {
        Events events = Events.of("notback");
        Table table;
        events.send(1, 3);
        events.goOn();
        long first = events.lastEpoch();
        events.send(4, 6);
        events.goOn();
        long second = events.lastEpoch();
        events.send(7, 9);
        events.goOn();
        long last = events.lastEpoch();
        long run = events.pipeline().ledger().lastRun();

        Firn.Answer ahead = rewind(events, "--to", Long.toString(last + 1), "--yes");
        assertThat(ahead.exitCode()).isEqualTo(2);
        assertThat(ahead.err())
                .isEqualTo(String.format(
                        "firn: there is no epoch %d: the ledger `%s.firn_ledger` ends with epoch %d%n",
                        last + 1, events.pipeline().name(), last));
        Firn.Answer none = rewind(events, "--to", Long.toString(last), "--yes");
        assertThat(none.exitCode()).isZero();
        assertThat(none.err()).endsWith("is the last of the ledger: there is nothing to take back\n");
        Firn.Answer old = rewind(events, "--to", "30d", "--yes");
        assertThat(old.exitCode()).isEqualTo(1);
        assertThat(old.err()).endsWith("` is that old; `--to 0` takes everything back\n");

        // Somebody has put the table away; brought back behind the rewind it would have rows that are read again.
        Path folder = events.folder(events.topic());
        Path away = events.pipeline().lakeFolder().resolveSibling("away");
        Files.move(folder, away);
        Firn.Answer dropped = rewind(events, "--to", Long.toString(second), "--yes");
        Files.move(away, folder);
        assertThat(dropped.exitCode()).isEqualTo(4);
        assertThat(dropped.err())
                .isEqualTo("firn: table `" + events.pipeline().table(events.topic())
                        + "` is not there any more, or was made anew, and had rows from behind epoch " + second
                        + ": if it is brought back later, it has them twice. Bring it back first; or, if it is gone for"
                        + " good, say `--allow table-dropped`" + System.lineSeparator());

        // Somebody else has deleted rows, and the brokers what would be read again.
        table = WrittenTable.of(events.pipeline(), events.topic()).table();
        table.newDelete()
                .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
                .commit();
        Snapshot foreign = table.currentSnapshot();
        events.log().deleteBefore(5);
        Firn.Answer gone = rewind(events, "--to", Long.toString(first), "--yes");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.out().replaceAll("\\s+", " "))
                .contains("<- `kafka/" + events.topic()
                        + "-0` begins at position 5 by now, and would be read again from position 3 on");
        assertThat(gone.err())
                .contains("firn: epoch " + first
                        + " can't be gone back to, and nothing was changed; the nearest that can is epoch ");
        Firn.Answer others = rewind(events, "--to", Long.toString(second), "--yes");
        assertThat(others.exitCode()).isEqualTo(4);
        assertThat(others.err())
                .isEqualTo(
                        "firn: others have changed table `" + events.pipeline().table(events.topic())
                                + "` since epoch " + second + ", last with snapshot `" + foreign.snapshotId()
                                + "`: what they did would go, too. If it may, say `--allow foreign-snapshots`"
                                + System.lineSeparator());
        assertThat(events.pipeline().ledger().lastRun())
                .as("no run was claimed")
                .isEqualTo(run);
        assertThat(WrittenTable.of(events.pipeline(), events.topic()).table().currentSnapshot())
                .isEqualTo(foreign);

        Firn.Answer allowed = rewind(events, "--to", Long.toString(second), "--yes", "--allow", "foreign-snapshots");
        assertThat(allowed.exitCode()).as(allowed.err()).isZero();
        events.goOn();
        assertEachOnce(events, 9);
    }
}
