package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.help.ShellWord;
import dev.firn.cli.table.Listing.Kind;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.TableFacts;
import dev.firn.spi.schema.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of a catalog.
 *
 * @param unreadable why a table can't be looked at, by its name
 */
public record ListPage(List<TableFacts> tables, SortedMap<TableName, String> unreadable) {

    private static final Listing<TableFacts> TABLES = new Listing<TableFacts>()
            .column("table", "table", Kind.WORDS, facts -> facts.table().full())
            .column("rows", "rows", Kind.NUMBER, TableFacts::rows)
            .column("files", "data-files", Kind.NUMBER, TableFacts::dataFiles)
            .column("deletes", "delete-files", Kind.NUMBER, TableFacts::deleteFiles)
            .column("bytes", "bytes", Kind.BYTES, TableFacts::bytes)
            .hidden("snapshots", Kind.NUMBER, TableFacts::snapshots)
            .column("last commit", "last-commit", Kind.TIME, TableFacts::lastCommit)
            .column("pipelines", "pipelines", Kind.WORDS, TableFacts::pipelines);

    public ListPage {
        tables = List.copyOf(tables);
        unreadable = new TreeMap<>(unreadable);
    }

    /** @param arguments with which the command line names the catalog */
    public String text(String arguments) {
        if (tables.isEmpty() && unreadable.isEmpty()) {
            return "The catalog has no tables.\n";
        }
        StringBuilder text =
                new StringBuilder(Figures.count(tables.size() + unreadable.size(), "table") + ", times in UTC\n\n");
        if (!tables.isEmpty()) {
            text.append(TABLES.text(tables)).append('\n');
        }
        unreadable.forEach((table, why) -> text.append(
                        Paragraph.wrapped(Figures.plain(table + " can't be read: " + why), "    ", "      "))
                .append("\n"));
        if (!tables.isEmpty() && !unreadable.isEmpty()) {
            text.append('\n');
        }
        worthALook()
                .map(facts -> "Next:  firn table show " + arguments + " "
                        + ShellWord.of(facts.table().full()) + "\n")
                .ifPresent(text::append);
        return text.toString();
    }

    /** Rather one that a pipeline writes to than a ledger, and rather one with many rows than a quarantine. */
    private Optional<TableFacts> worthALook() {
        return tables.stream()
                .max(Comparator.comparing(
                                (TableFacts facts) -> !facts.pipelines().isEmpty())
                        .thenComparing(TableFacts::rows));
    }

    public String json() {
        ObjectNode root = Json.versioned();
        TABLES.into(root.putArray("tables"), tables);
        ArrayNode broken = root.putArray("unreadable");
        for (Map.Entry<TableName, String> one : unreadable.entrySet()) {
            broken.addObject().put("table", one.getKey().full()).put("reason", one.getValue());
        }
        return IndentedJson.text(root);
    }
}
