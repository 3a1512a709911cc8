package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.help.ShellWord;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.InspectedCatalog.Part;
import dev.firn.spi.inspection.TableDetails;
import dev.firn.spi.inspection.TableFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table, with the parts of it that were asked for.
 *
 * @param isOfThen whether it is shown as of a snapshot that was asked for
 */
public record ShowPage(TableDetails table, Set<Part> parts, boolean isOfThen) {

    /** @param arguments with which the command line names the catalog */
    public String text(String arguments) {
        StringBuilder text = new StringBuilder(head());
        section(text, "Columns", ShowListings.COLUMNS.text(table.columns()));
        section(
                text,
                "Partitions by",
                table.partitioning().isEmpty() ? "" : ShowListings.PARTITIONING.text(table.partitioning()));
        section(text, "Sorts by", table.sorting().isEmpty() ? "" : ShowListings.SORTING.text(table.sorting()));
        if (parts.contains(Part.SNAPSHOTS)) {
            section(text, "Snapshots, newest first", CommitText.of(table.snapshots()));
        }
        if (parts.contains(Part.FILES)) {
            section(text, "Files", filled(ShowListings.FILES.text(table.files()), table.files()));
        }
        if (parts.contains(Part.PARTITIONS)) {
            section(text, "Partitions", filled(ShowListings.PARTITIONS.text(table.partitions()), table.partitions()));
        }
        if (parts.contains(Part.MANIFESTS)) {
            section(text, "Manifests", filled(ShowListings.MANIFESTS.text(table.manifests()), table.manifests()));
        }
        if (parts.contains(Part.REFS)) {
            section(text, "Branches and tags", filled(ShowListings.REFS.text(table.refs()), table.refs()));
        }
        if (parts.contains(Part.PROPERTIES)) {
            section(text, "Properties", properties());
        }
        table.notes().forEach(note -> text.append('\n')
                .append(Paragraph.wrapped(Figures.plain("note: " + note), "  ", "  "))
                .append('\n'));
        if (parts.isEmpty() && table.shown().isPresent()) {
            text.append("\nNext:  firn table show --snapshots ")
                    .append(arguments)
                    .append(' ')
                    .append(ShellWord.of(table.facts().table().full()))
                    .append('\n');
        }
        return text.toString();
    }

    private String head() {
        TableFacts facts = table.facts();
        Counts counts = table.counts();
        StringBuilder text = new StringBuilder(Figures.plain(facts.table().full()))
                .append(", format version ")
                .append(table.formatVersion())
                .append("\n  ")
                .append(Figures.plain(table.location()))
                .append("\n  ");
        if (table.shown().isEmpty()) {
            return text.append("nothing was ever committed\n").toString();
        }
        text.append(isOfThen ? "as of snapshot " + table.shown().getAsLong() + ": " : "")
                .append(Figures.count(counts.rows(), "row"))
                .append(" in ")
                .append(Figures.count(counts.dataFiles(), "data file"))
                .append(", ")
                .append(Figures.bytes(counts.dataBytes()))
                .append('\n');
        if (counts.deleteFiles() > 0) {
            text.append(String.format(
                    "  %,d delete files (%,d by position, %,d by values) with %s, %s\n",
                    counts.deleteFiles(),
                    counts.positionDeletes(),
                    counts.equalityDeletes(),
                    counts.deletedRows() == 1 ? "1 entry" : String.format("%,d entries", counts.deletedRows()),
                    Figures.bytes(counts.deleteBytes())));
        }
        text.append("  ")
                .append(Figures.count(facts.snapshots(), "snapshot"))
                .append(facts.lastCommit()
                        .map(at -> ", the last of " + Figures.time(at) + " UTC")
                        .orElse(""))
                .append('\n');
        if (!facts.pipelines().isEmpty()) {
            text.append("  written by pipeline ")
                    .append(facts.pipelines().stream()
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String filled(String text, List<?> rows) {
        return rows.isEmpty() ? "    none\n" : text;
    }

    private String properties() {
        return table.properties().isEmpty()
                ? "    none\n"
                : table.properties().entrySet().stream().map(ShowPage::property).collect(Collectors.joining());
    }

    /** A value may be longer than any column. */
    private static String property(Map.Entry<String, String> property) {
        return Figures.plain("    " + property.getKey() + " = " + property.getValue()) + "\n";
    }

    private static void section(StringBuilder text, String title, String lines) {
        if (!lines.isEmpty()) {
            text.append("\n  ").append(title).append('\n').append(lines);
        }
    }

    public String json() {
        TableFacts facts = table.facts();
        Counts counts = table.counts();
        ObjectNode root = Json.versioned()
                .put("table", facts.table().full())
                .put("location", table.location())
                .put("format-version", table.formatVersion())
                .put("uuid", table.uuid());
        table.shown().ifPresent(id -> root.put("snapshot", id));
        ShowListings.COUNTS.into(root.putObject("counts"), counts);
        root.put("snapshot-count", facts.snapshots());
        facts.lastCommit().ifPresent(at -> root.put("last-commit", at.toString()));
        facts.pipelines().forEach(root.putArray("pipelines")::add);
        ShowListings.COLUMNS.into(root.putArray("columns"), table.columns());
        ShowListings.PARTITIONING.into(root.putArray("partitioning"), table.partitioning());
        ShowListings.SORTING.into(root.putArray("sorting"), table.sorting());
        if (parts.contains(Part.SNAPSHOTS)) {
            CommitText.into(root.putArray("snapshots"), table.snapshots());
        }
        if (parts.contains(Part.FILES)) {
            ShowListings.FILES.into(root.putArray("files"), table.files());
        }
        if (parts.contains(Part.PARTITIONS)) {
            ShowListings.PARTITIONS.into(root.putArray("partitions"), table.partitions());
        }
        if (parts.contains(Part.MANIFESTS)) {
            ShowListings.MANIFESTS.into(root.putArray("manifests"), table.manifests());
        }
        if (parts.contains(Part.REFS)) {
            ShowListings.REFS.into(root.putArray("refs"), table.refs());
        }
        if (parts.contains(Part.PROPERTIES)) {
            ObjectNode properties = root.putObject("properties");
            table.properties().forEach(properties::put);
        }
        table.notes().forEach(root.putArray("notes")::add);
        return IndentedJson.text(root);
    }
}
