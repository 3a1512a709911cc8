package dev.firn.cli.audit;

import dev.firn.cli.audit.FigureTable.Column;
import dev.firn.cli.help.Paragraph;
import dev.firn.spi.sink.TableRecount;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** A {@link Recount} for people. */
final class RecountText {

    private RecountText() {}

    static String write(Recount recount) {
        StringBuilder text = new StringBuilder();
        if (!recount.partitions().isEmpty()) {
            text.append(new FigureTable<PartitionCheck>(
                            "Partition, asked now", check -> check.split().toString(), partitionColumns())
                    .text(recount.partitions(), PartitionCheck::notes));
        }
        if (!recount.tables().isEmpty()) {
            text.append(new FigureTable<TableCheck>(
                            "Table, counted now", check -> check.table().full(), tableColumns(recount))
                    .text(recount.tables(), TableCheck::notes));
        }
        if (!recount.reasons().isEmpty()) {
            text.append(new FigureTable<>(
                            "Quarantined, counted now",
                            ReasonCheck::reason,
                            List.of(
                                    Column.of("in ledger", ReasonCheck::inLedger),
                                    Column.of("counted", ReasonCheck::inTable)))
                    .text(recount.reasons()));
        }
        if (!recount.notes().isEmpty()) {
            recount.notes().forEach(note -> text.append(note.text("  ")));
            text.append('\n');
        }
        return text.append(Paragraph.wrapped(verdict(recount), "  "))
                .append('\n')
                .toString();
    }

    private static List<Column<PartitionCheck>> partitionColumns() {
        return List.of(
                new Column<>("ledger ends", PartitionCheck::to),
                new Column<>("source from", PartitionCheck::first),
                new Column<>("to", PartitionCheck::end),
                new Column<>("lag", PartitionCheck::lag));
    }

    private static List<Column<TableCheck>> tableColumns(Recount recount) {
        List<Column<TableCheck>> columns = new ArrayList<>();
        columns.add(Column.of("in ledger", check -> check.expected().inTable()));
        columns.add(counted("in its files", found -> OptionalLong.of(found.own().rows())));
        if (has(recount, found -> found.others().files() > 0)) {
            columns.add(counted(
                    "in others'", found -> OptionalLong.of(found.others().rows())));
        }
        if (has(recount, found -> found.hidden().orElse(0) > 0)) {
            columns.add(counted("deleted", TableRecount::hidden));
        }
        return columns;
    }

    private static boolean has(Recount recount, Predicate<TableRecount> what) {
        return recount.tables().stream()
                .flatMap(check -> check.found().stream())
                .anyMatch(what);
    }

    private static Column<TableCheck> counted(String title, Function<TableRecount, OptionalLong> figure) {
        return new Column<>(title, check -> check.found().map(figure).orElse(OptionalLong.empty()));
    }

    private static String verdict(Recount recount) {
        String seen = Note.count(recount.rows(), "row") + " in " + Note.count(recount.files(), "file") + " of "
                + Note.count(recount.tables().size(), "table");
        if (!recount.agrees()) {
            return "recounted: does NOT agree with the ledger; `<-` marks why. Counted were " + seen;
        }
        return recount.isInPlace()
                ? "recounted: agrees with the ledger. Counted were " + seen
                : "recounted: agrees with the ledger in number; what can't be told is said above. Counted were " + seen;
    }
}
