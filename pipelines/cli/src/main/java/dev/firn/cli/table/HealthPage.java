package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.help.ShellWord;
import dev.firn.cli.table.Listing.Kind;
import dev.firn.definition.selector.Names;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Bucket;
import dev.firn.spi.inspection.TableHealth.Mend;
import dev.firn.spi.inspection.TableHealth.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How well tables are, those that are worst first.
 *
 * @param arguments with which the command line names the catalog
 * @param possible what can be done in this catalog
 */
public record HealthPage(List<TableHealth> tables, String arguments, Set<Mend> possible) {

    private static final Listing<TableHealth> RANKED = new Listing<TableHealth>()
            .column("score", "score", Kind.NUMBER, TableHealth::score)
            .column("table", "table", Kind.WORDS, table -> table.table().full())
            .column("files", "data-files", Kind.NUMBER, table -> table.counts().dataFiles())
            .column("deletes", "delete-files", Kind.NUMBER, table -> table.counts()
                    .deleteFiles())
            .column("bytes", "bytes", Kind.BYTES, table -> table.counts().bytes())
            .column("because of", "because-of", Kind.WORDS, table -> table.reasons().stream()
                    .map(Reason::word)
                    .toList());

    private static final Listing<Bucket> HISTOGRAM = new Listing<Bucket>()
            .column("bytes of a data file", "size", Kind.WORDS, HealthPage::words)
            .hidden("from", Kind.NUMBER, Bucket::from)
            .column("files", "files", Kind.NUMBER, Bucket::files)
            .column("bytes", "bytes", Kind.BYTES, Bucket::bytes);

    public HealthPage {
        tables = tables.stream()
                .sorted(Comparator.comparingInt(TableHealth::score).thenComparing(TableHealth::table))
                .toList();
        possible = Set.copyOf(possible);
    }

    public boolean areWell() {
        return tables.stream().allMatch(TableHealth::isWell);
    }

    private static String words(Bucket bucket) {
        return bucket.below() == Long.MAX_VALUE
                ? Figures.bytes(bucket.from()) + " or more"
                : bucket.from() == 0
                        ? "less than " + Figures.bytes(bucket.below())
                        : Figures.bytes(bucket.from()) + " to " + Figures.bytes(bucket.below());
    }

    /** One table at length. */
    public String text() {
        TableHealth table = tables.get(0);
        Counts counts = table.counts();
        StringBuilder text = new StringBuilder(Figures.plain(table.table().full()))
                .append(": ")
                .append(table.score())
                .append(" of 100, ")
                .append(table.isWell() ? "well" : "not well")
                .append("\n  ")
                .append(Figures.count(counts.dataFiles(), "data file"))
                .append(", ")
                .append(Figures.count(counts.deleteFiles(), "delete file"))
                .append(", ")
                .append(Figures.bytes(counts.bytes()))
                .append("\n\n")
                .append(HISTOGRAM.text(table.histogram()));
        for (Reason reason : table.reasons()) {
            text.append('\n')
                    .append(Paragraph.wrapped(
                            String.format("-%d  %s: %s", reason.points(), reason.word(), reason.sentence()),
                            "  ",
                            "       "))
                    .append('\n');
            command(table, reason)
                    .ifPresent(command -> text.append("       ").append(command).append('\n'));
        }
        return text.toString();
    }

    /** All of a catalog, a line each. */
    public String ranked() {
        if (tables.isEmpty()) {
            return "The catalog has no tables.\n";
        }
        TableHealth worst = tables.get(0);
        return Figures.count(tables.size(), "table") + ", "
                + tables.stream().filter(table -> !table.isWell()).count() + " of them not well (less than "
                + TableHealth.WELL + " of 100)\n\n" + RANKED.text(tables)
                + (worst.reasons().isEmpty()
                        ? ""
                        : "\nNext:  firn table health " + arguments + " "
                                + ShellWord.of(worst.table().full()) + "\n");
    }

    /** None for a name that stands for several, or for something else, where it is a pattern. */
    private Optional<String> command(TableHealth table, Reason reason) {
        return reason.mend()
                .filter(mend -> possible.contains(mend)
                        && Names.isTableName(table.table().full()))
                .map(mend -> "firn maintain --tables " + table.table() + " " + mend.arguments() + " " + arguments);
    }

    public String json() {
        ObjectNode root = Json.versioned().put("well", areWell()).put("well-from", TableHealth.WELL);
        ArrayNode all = root.putArray("tables");
        for (TableHealth table : tables) {
            ObjectNode one = all.addObject();
            RANKED.into(one, table);
            one.remove("because-of");
            one.put("well", table.isWell());
            ArrayNode reasons = one.putArray("reasons");
            for (Reason reason : table.reasons()) {
                ObjectNode said = reasons.addObject()
                        .put("reason", reason.word())
                        .put("points", reason.points())
                        .put("sentence", reason.sentence());
                command(table, reason).ifPresent(command -> said.put("mend", command));
            }
            HISTOGRAM.into(one.putArray("file-sizes"), table.histogram());
        }
        return IndentedJson.text(root);
    }
}
