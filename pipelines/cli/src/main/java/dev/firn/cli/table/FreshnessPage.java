package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.table.Listing.Kind;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.TableFreshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How old the news of tables is.
 *
 * @param now the moment that ages are counted to
 * @param within how old it may be; empty where nothing was said
 */
public record FreshnessPage(List<TableFreshness> tables, Instant now, Optional<Duration> within) {

    public FreshnessPage {
        tables = List.copyOf(tables);
    }

    /** Whether no table's last rows are older than they may be. */
    public boolean isFresh() {
        return tables.stream().allMatch(this::isFresh);
    }

    private boolean isFresh(TableFreshness table) {
        return within.isEmpty()
                || table.lastRows()
                        .filter(at -> Duration.between(at, now).compareTo(within.get()) <= 0)
                        .isPresent();
    }

    private Listing<TableFreshness> listing() {
        Listing<TableFreshness> listing = new Listing<TableFreshness>()
                .column("table", "table", Kind.WORDS, table -> table.table().full())
                .column("last rows", "last-rows", Kind.TIME, TableFreshness::lastCommit)
                .column("age", "age", Kind.WORDS, table -> table.lastCommit().map(this::age))
                .column("newest event", "newest-event", Kind.TIME, TableFreshness::newestEvent)
                .column("by", "column", Kind.WORDS, TableFreshness::column);
        return within.isEmpty() ? listing : listing.column("fresh", "fresh", Kind.ANSWER, this::isFresh);
    }

    private String age(Instant at) {
        return Figures.age(Duration.between(at, now));
    }

    public String text() {
        StringBuilder text = new StringBuilder("As of ")
                .append(Figures.time(now))
                .append(", times in UTC\n\n")
                .append(listing().text(tables));
        for (TableFreshness table : tables) {
            table.notAfter().ifPresent(at -> text.append('\n')
                    .append(Paragraph.wrapped(
                            "note: the snapshot with the last rows of " + table.table() + " has expired; they came at "
                                    + Figures.time(at) + " at the latest",
                            "  ",
                            "  "))
                    .append('\n'));
        }
        return text.toString();
    }

    public String json() {
        ObjectNode root = Json.versioned().put("now", now.toString());
        within.ifPresent(most -> root.put("within-seconds", most.toSeconds()).put("fresh", isFresh()));
        ArrayNode all = root.putArray("tables");
        for (TableFreshness table : tables) {
            ObjectNode one = all.addObject();
            listing().into(one, table);
            one.remove("age");
            table.notAfter().ifPresent(at -> one.put("last-rows-not-after", at.toString()));
            table.lastCommit()
                    .ifPresent(at ->
                            one.put("age-seconds", Duration.between(at, now).toSeconds()));
        }
        return IndentedJson.text(root);
    }
}
