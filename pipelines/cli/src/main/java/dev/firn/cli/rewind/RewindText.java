package dev.firn.cli.rewind;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.audit.FigureTable;
import dev.firn.cli.audit.FigureTable.Column;
import dev.firn.cli.audit.Note;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.util.ArrayList;
import java.util.List;

/** A {@link RewindPlan}, and what became of it, for people; 100 columns where names are not too long. */
public final class RewindText {

    /** How many partitions have a line before the rest is a sum. */
    private static final int LINES = 20;

    private RewindText() {}

    public static String plan(RewindPlan plan) {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%s: back to epoch %,d", plan.ledger(), plan.to()));
        plan.writtenAt()
                .ifPresent(at ->
                        text.append(", written ").append(AuditText.time(at)).append(" UTC"));
        text.append('\n');
        text.append(
                plan.last() == plan.to() + 1
                        ? String.format("epoch %,d will not count any more%n", plan.last())
                        : String.format("epochs %,d to %,d will not count any more%n", plan.to() + 1, plan.last()));
        if (!plan.waiting().isEmpty()) {
            text.append(Note.says(
                            "%s up to it may not be in all tables yet: that is committed first",
                            Note.count(plan.waiting().size(), "epoch"))
                    .text(""));
        }
        text.append('\n');
        splits(plan, text);
        tables(plan, text);
        for (String obstacle : plan.obstacles()) {
            text.append(Note.wrong("%s", obstacle).text("  "));
        }
        return text.toString();
    }

    private static void splits(RewindPlan plan, StringBuilder text) {
        if (plan.splits().isEmpty()) {
            return;
        }
        List<RewindPlan.SplitBack> shown =
                plan.splits().subList(0, Math.min(LINES, plan.splits().size()));
        text.append(new FigureTable<RewindPlan.SplitBack>(
                        "Partition",
                        line -> line.split().toString(),
                        List.of(
                                Column.of("read to", RewindPlan.SplitBack::from),
                                Column.of("goes back to", RewindPlan.SplitBack::to),
                                Column.of("records", RewindPlan.SplitBack::records)))
                .text(shown));
        if (shown.size() < plan.splits().size()) {
            text.append(String.format(
                    "    and %,d more partitions; %,d records in all%n%n",
                    plan.splits().size() - shown.size(), plan.records()));
        }
    }

    private static void tables(RewindPlan plan, StringBuilder text) {
        if (!plan.tables().isEmpty()) {
            text.append(new FigureTable<TableRewind>(
                            "Table",
                            line -> line.table().toString(),
                            List.of(
                                    Column.of("snapshots", TableRewind::snapshots),
                                    Column.of("rows", TableRewind::rows)))
                    .text(plan.tables(), RewindText::notes));
        }
        plan.gone()
                .forEach(table -> text.append(Note.wrong(
                                "`%s` is not there any more, or was made anew: what it had of these epochs can't be"
                                        + " taken back",
                                table)
                        .text("  ")));
    }

    private static List<Note> notes(TableRewind table) {
        List<Note> notes = new ArrayList<>();
        if (table.snapshots() == 0 && table.others().isEmpty()) {
            notes.add(Note.says("has nothing of these epochs yet, and will not get it"));
        } else if (table.obstacle().isEmpty()) {
            notes.add(
                    table.snapshot().isPresent()
                            ? Note.says(
                                    "goes back to snapshot %d", table.snapshot().getAsLong())
                            : Note.says("had no snapshot then, and is emptied"));
        }
        for (ForeignSnapshot other : table.others()) {
            notes.add(Note.wrong(
                    "so does what others did in snapshot %d (%s) at %s UTC: %,d rows added, %,d taken out",
                    other.id(), other.operation(), AuditText.time(other.at()), other.added(), other.removed()));
        }
        return notes;
    }

    public static String done(Rewinder.Done done) {
        StringBuilder text = new StringBuilder();
        int back = done.plan().tables().size() - done.behind().size();
        text.append(String.format(
                "taken back to epoch %,d by epoch %,d: %,d of %,d tables are back, and %,d records are read again%n",
                done.rewound().to(),
                done.rewound().at(),
                back,
                done.plan().tables().size(),
                done.plan().records()));
        done.behind()
                .forEach(table -> text.append(Note.wrong(
                                "%s goes back as soon as it can: %s",
                                table.table(), String.valueOf(table.reason().getMessage()))
                        .text("  ")));
        return text.toString();
    }
}
