package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run makes of what it finds: states that are older, ledgers that were put back, tables that are gone. */
class ResumeIT {

    private static final String LEDGER = "firn_ledger";

    @Test
    void anOlderSavepointMovesForwardAndNothingIsThereTwice() throws Exception {
        Events events = Events.of("rewound");
        events.send(1, 3);
        String older = Events.savepoint(events.goOn());
        events.send(4, 6);
        events.goOn();
        long epoch = events.lastEpoch();
        // Nothing of this partition is in the older savepoint.
        events.log().growTo(2);
        events.send(1, 7, 8);
        events.send(0, 9, 9);

        Firn.Answer answer = events.run("--resume", older);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err())
                .contains(
                        "goes on from " + older + " (as `--resume` says)\n",
                        "the ledger ends with epoch " + epoch
                                + ", ahead of that: 1 of 1 partitions move forward, and what the ledger"
                                + " has is not read again: kafka/" + events.topic() + "-0 from 3 to 6\n");
        assertThat(answer.out()).containsPattern("read +3 +3\n").containsPattern("written to Iceberg +3 +3\n");
        events.assertEachOnce(9);

        assertThat(events.goOn())
                .contains(
                        "(the newest of ",
                        "the ledger ends with epoch " + events.lastEpoch() + ", at the same positions\n");
        events.assertEachOnce(9);
    }

    @Test
    void goesOnExactlyAfterForeignCompactionAndExpiryWithTheFlinkStateGone() throws Exception {
        Events events = Events.of("compacted");
        events.send(1, 3);
        events.goOn();
        events.send(4, 6);
        events.goOn();
        for (String table : List.of(events.topic(), LEDGER)) {
            WrittenTable.of(events.pipeline(), table).compactAndExpire();
            assertThat(WrittenTable.of(events.pipeline(), table).table().snapshots())
                    .hasSize(1);
        }
        events.forgetFlinksState();
        events.send(7, 8);
        long epoch = events.lastEpoch();

        assertThat(events.goOn())
                .contains("goes on from the ledger, behind epoch " + epoch
                        + " (there is no checkpoint and no savepoint under `"
                        + events.pipeline()
                                .file()
                                .resolveSibling(".firn")
                                .resolve(events.pipeline().name()) + "`)\n");

        events.assertEachOnce(8);
    }

    @Test
    void refusesWhatWouldLoseOrDoubleRowsAndChangesNothing() throws Exception {
        Events events = Events.of("refused");
        Path file = events.pipeline().file();
        Path table = events.folder(events.topic());
        Path ledger = events.folder(LEDGER);
        Path backup = Files.createDirectory(file.resolveSibling("backup"));
        String name = events.pipeline().name();
        String ledgerName = name + "." + LEDGER;
        events.send(1, 3);
        events.goOn("--resume", "none");
        Events.copy(ledger, backup.resolve("ledger-1"));
        long first = events.lastEpoch();
        events.send(4, 5);
        String newest = Events.savepoint(events.goOn());
        Events.copy(ledger, backup.resolve("ledger-2"));
        Events.copy(table, backup.resolve("table-2"));
        long second = events.lastEpoch();
        long rows = Long.parseLong(WrittenTable.of(events.pipeline(), events.topic())
                .table()
                .currentSnapshot()
                .summary()
                .get("firn.epoch"));
        long run = events.pipeline().ledger().lastRun();

        // The file says that nothing was read, the ledger that something was.
        refuses(events.run("--resume", "none"), 4)
                .endsWith("firn: `--resume none` would read everything again and write it a second time: the ledger `"
                        + ledgerName + "` ends with epoch " + second
                        + ". Go on from it with `--resume ledger`; to read again on"
                        + " purpose, give the pipeline another `name` and its tables other names\n");

        // The source has another name, and its topic is the same.
        Path renamed = Files.writeString(
                file.resolveSibling("renamed.yaml"),
                Files.readString(file).replace("  type: kafka\n", "  type: kafka\n  name: shop\n"));
        refuses(events.run(renamed), 4)
                .endsWith("firn: source `shop` reads `" + events.topic() + "`, which the ledger `" + ledgerName
                        + "` knows from a source `kafka` that the file does not have: it would be read again and written a"
                        + " second time. Name the source `kafka` again; or, to read it again on purpose, say `--allow"
                        + " source-renamed`\n");

        // The state is another pipeline's.
        Events other = Events.of("another");
        other.send(1, 1);
        String others = Events.savepoint(other.goOn());
        refuses(events.run("--resume", others), 1)
                .contains("firn: `" + others + "` is no state of pipeline `" + name
                        + "`: its 5 operators are another job's, or the pipeline had another `name`\n");
        refuses(events.run("--resume", "./nowhere"), 2)
                .endsWith("firn: `./nowhere` is no folder of a checkpoint or savepoint: it has no file `_metadata`;"
                        + " `--resume` takes `state`, `ledger`, `none` or such a folder\n");

        // Somebody has put the ledger back to what it was a run ago.
        Events.copy(backup.resolve("ledger-1"), ledger);
        refuses(events.run(), 1)
                .contains("firn: `" + newest + "` is ahead of the ledger `" + ledgerName + "`, which ends with epoch "
                        + first + ": ");
        refuses(events.run("--resume", "ledger"), 1)
                .contains("firn: the ledger `" + ledgerName + "` was rolled back: it ends with epoch " + first
                        + ", and table `"
                        + name
                        + "." + events.topic()
                        + "` has rows of epoch " + rows + ". They would be read again; bring the ledger back to"
                        + " its newest snapshot\n");

        // The ledger is gone.
        Events.delete(ledger);
        refuses(events.run(), 1)
                .contains(
                        "firn: `" + newest + "` is ahead of the ledger `" + ledgerName + "`, which has no epoch: kafka/"
                                + events.topic() + "-0 is at 5 there, and unknown to the ledger.");
        refuses(events.run("--resume", "ledger"), 1)
                .contains(
                        "` has rows of this pipeline up to epoch " + rows + " of the ledger `",
                        ": it was dropped and made anew");
        Events.copy(backup.resolve("ledger-2"), ledger);

        // The table was rolled back.
        WrittenTable written = WrittenTable.of(events.pipeline(), events.topic());
        Snapshot head = written.table().currentSnapshot();
        written.table().manageSnapshots().rollbackTo(head.parentId()).commit();
        refuses(events.run(), 1)
                .contains("firn: table `" + name + "." + events.topic() + "` was rolled back: epoch " + rows
                        + " was committed as"
                        + " snapshot `" + head.snapshotId()
                        + "`, which is not among the ancestors of the table's current"
                        + " snapshot; set the table to that snapshot again, or, if its rows are to stay away, remove the"
                        + " table property `firn." + name + ".main`\n");

        // The table is gone.
        Events.delete(table);
        refuses(events.run(), 4)
                .endsWith("firn: table `" + name + "." + events.topic() + "` was dropped: the ledger `" + ledgerName
                        + "` has rows of it, which would not come again. Bring the table back; or, to fill it"
                        + " from here on only, say `--allow table-dropped`\n");
        assertThat(table).doesNotExist();

        Events.copy(backup.resolve("table-2"), table);
        assertThat(events.pipeline().ledger().lastRun())
                .as("no run was claimed")
                .isEqualTo(run);
        events.send(6, 6);
        events.goOn();
        events.assertEachOnce(6);
    }

    @Test
    void refusesWhatAnotherSourceOrPipelineHasRead() throws Exception {
        Events events = Events.of("seen");
        Path file = events.pipeline().file();
        String text = Files.readString(file);
        String name = events.pipeline().name();
        String refunds = Stack.unique("refunds");
        Stack.running().createTopic(refunds, 1);
        Events other = new Events(refunds, events.pipeline());
        other.send(4, 4);
        events.send(1, 3);
        events.goOn();
        long run = events.pipeline().ledger().lastRun();

        // Another source of the file reads the topic now.
        String kafka = text.substring(text.indexOf("  type: kafka"), text.indexOf("sink:"))
                .replace("\n  ", "\n    ");
        Path moved = Files.writeString(
                file.resolveSibling("moved.yaml"),
                text.substring(0, text.indexOf("  type: kafka")) + "  - name: kafka\n  "
                        + kafka.replace(events.topic(), refunds) + "  - name: other\n  " + kafka
                        + text.substring(text.indexOf("sink:")));
        refuses(events.run(moved), 4)
                .endsWith(
                        "firn: source `other` reads `" + events.topic() + "`, which the ledger `" + name + "." + LEDGER
                                + "` knows from a source `kafka` that does not read it any more: it would be read again and"
                                + " written a second time. Let `kafka` read it again; or, to read it again on purpose, say"
                                + " `--allow stream-moved`\n");

        // Two sources read it into one table.
        Path twice = Files.writeString(
                file.resolveSibling("twice.yaml"),
                text.substring(0, text.indexOf("  type: kafka")) + "  - name: kafka\n  " + kafka + "  - name: other\n  "
                        + kafka + text.substring(text.indexOf("sink:")));
        refuses(events.run(twice), 4)
                .endsWith("firn: sources `kafka` and `other` both read `" + events.topic() + "` into `" + name + "."
                        + events.topic() + "`, where each row would be twice. Let one of them read it, or route them to"
                        + " two tables; or, if it is meant so, say `--allow read-twice`\n");

        // The pipeline has another name, and its table is the same.
        String renamed = Stack.unique("renamed");
        String table = name + "." + events.topic();
        String routed = text.replace("name: " + name, "name: " + renamed)
                .replace("sink:", "route:\n  - {from: \"*\", to: " + table + "}\nsink:");
        Path another = Files.writeString(file.resolveSibling("another.yaml"), routed);
        refuses(events.run(another), 4)
                .endsWith("firn: table `" + table + "` has rows that pipeline `" + name + "` has read from `"
                        + events.topic() + "`: `kafka/" + events.topic()
                        + "-0` would be read from 0, which the ledger `"
                        + name + "." + LEDGER + "` says was read up to 3, and be written a second time. If this is `"
                        + name + "` with another name, name it so again; or, to write them again on purpose, say"
                        + " `--allow written-by-another`\n");

        // And its ledger's namespace is the same.
        Path shared = Files.writeString(
                file.resolveSibling("shared.yaml"), routed.replace("sink:\n", "sink:\n  namespace: " + name + "\n"));
        refuses(events.run(shared), 1)
                .contains("firn: the ledger `" + name + "." + LEDGER + "` is pipeline `" + name
                        + "`'s, and this is pipeline `" + renamed + "`: it would go on where the other has got to");

        assertThat(events.pipeline().ledger().lastRun())
                .as("no run was claimed")
                .isEqualTo(run);
        // Other records of the same table are nobody's yet.
        Files.writeString(another, routed.replace("[" + events.topic() + "]", "[" + refunds + "]"));
        assertThat(events.run(another).exitCode()).isZero();
        assertThat(events.ids()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void refusesATopicThatWasMadeAnewWithAndWithoutState() throws Exception {
        Events events = Events.of("anew");
        events.send(1, 3);
        events.goOn();
        String before = events.log().id();
        events.log().makeAnew();
        events.send(1, 9);
        String refusal = "firn: topic `" + events.topic()
                + "` was deleted and made anew: the positions of source `kafka` count in the topic with id `" + before
                + "`, the brokers have one with id `" + events.log().id()
                + "`; to read the new one from its start, list the topic in a source of its own with another `name`\n";

        refuses(events.run(), 3).contains(refusal);
        refuses(events.run("--resume", "ledger"), 3).contains(refusal);

        assertThat(events.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void keepsAccountOfWhatTheBrokersHaveDeleted() throws Exception {
        Events events = Events.of("gaps");
        events.send(1, 3);
        events.goOn();
        events.send(4, 9);
        events.log().deleteBefore(7);

        refuses(events.run(), 3)
                .contains("firn: partition `" + events.topic()
                        + "-0` can't be read from offset 3 on: the brokers have 7 to"
                        + " 9, they have deleted what was not yet read; to go on at offset 7 and keep account of the gap,"
                        + " set `lost-offsets: continue`\n");

        Path file = events.pipeline().file();
        Files.writeString(
                file, Files.readString(file).replace("  type: kafka\n", "  type: kafka\n  lost-offsets: continue\n"));
        Firn.Answer answer = events.run();

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err())
                .contains("lost: the source had deleted 4 positions of kafka/" + events.topic()
                        + "-0 before they were read, 3 to 7\n");
        assertThat(answer.out()).containsPattern("read +2 +2\n").containsPattern("lost before reading +4 +4\n");
        assertThat(events.ids()).containsExactly(1L, 2L, 3L, 8L, 9L);
        assertThat(events.pipeline().ledger().positions().values()).containsExactly(9L);

        events.forgetFlinksState();
        events.goOn();
        assertThat(events.epochs().stream()
                        .flatMap(epoch -> epoch.outcomes().stream())
                        .filter(count -> count.outcome() == Outcome.LOST)
                        .map(OutcomeCount::records))
                .containsExactly(4L);
    }

    @Test
    @Tag("heavy")
    void goesOnWhereItLeftOffWithATopicThatWasTakenOutOfTheFileAndPutBack() throws Exception {
        Events events = Events.of("kept");
        String refunds = Stack.unique("refunds");
        Stack.running().createTopic(refunds, 1);
        Events both = new Events(refunds, events.pipeline());
        Path file = events.pipeline().file();
        String one = Files.readString(file);
        String two = one.replace("[" + events.topic() + "]", "[" + events.topic() + ", " + refunds + "]");
        events.send(1, 3);
        both.send(1, 2);
        Files.writeString(file, two);
        events.goOn();

        Files.writeString(file, one);
        events.send(4, 4);
        both.send(3, 3);
        events.goOn();
        assertThat(both.ids()).containsExactly(1L, 2L);

        Files.writeString(file, two);
        both.send(4, 4);
        events.goOn();
        assertThat(both.ids()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(events.ids()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    @Tag("heavy")
    void goesOnWithoutASourceThatTheFileDoesNotHaveAnyMoreAndWithItLater() throws Exception {
        Events events = Events.of("sources");
        String refunds = Stack.unique("refunds");
        Stack.running().createTopic(refunds, 1);
        Events other = new Events(refunds, events.pipeline());
        Path file = events.pipeline().file();
        String one = Files.readString(file);
        String kafka = one.substring(one.indexOf("  type: kafka"), one.indexOf("sink:"))
                .replace("\n  ", "\n    ");
        String two = one.substring(0, one.indexOf("  type: kafka"))
                + "  - name: kafka\n  " + kafka
                + "  - name: other\n  " + kafka.replace(events.topic(), refunds)
                + one.substring(one.indexOf("sink:"));
        events.send(1, 2);
        other.send(1, 2);
        Files.writeString(file, two);
        events.goOn();

        Files.writeString(file, one);
        events.send(3, 3);
        other.send(3, 3);
        assertThat(events.goOn())
                .contains(
                        "the state of 2 operators that the file does not have any more is left behind; the ledger keeps"
                                + " the positions of their sources\n");

        Files.writeString(file, two);
        events.goOn();
        assertThat(events.ids()).containsExactly(1L, 2L, 3L);
        assertThat(other.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @Tag("heavy")
    void doesWhatItIsAllowedTo() throws Exception {
        Events events = Events.of("allowed");
        events.send(1, 3);
        events.goOn();
        Events.delete(events.folder(events.topic()));
        events.send(4, 5);

        events.goOn("--allow", "table-dropped");
        assertThat(events.ids()).containsExactly(4L, 5L);
        events.send(6, 6);
        events.goOn();
        assertThat(events.ids()).containsExactly(4L, 5L, 6L);

        Path file = events.pipeline().file();
        Files.writeString(file, Files.readString(file).replace("  type: kafka\n", "  type: kafka\n  name: shop\n"));
        events.goOn("--allow", "source-renamed");
        assertThat(events.ids()).containsExactly(1L, 2L, 3L, 4L, 4L, 5L, 5L, 6L, 6L);
    }

    private static AbstractStringAssert<?> refuses(Firn.Answer answer, int exitCode) {
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(exitCode);
        assertThat(answer.out() + answer.err()).doesNotContain("\tat ", "Exception", "our bug");
        return assertThat(answer.err());
    }
}
