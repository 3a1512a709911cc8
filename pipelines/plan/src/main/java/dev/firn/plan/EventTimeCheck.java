package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.quality.validation.EventTimes;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that rows can be told to be late as the file says.
 *
 * @param named the table, or tables of which no name is known yet, as messages have them
 * @param entries those that select it, in the file's order
 * @param expressions how many of two entries that may meet nobody can say of what they select
 * @param apart what else helps where there need not be such a table, as more words of a fix; empty where there is one
 */
record EventTimeCheck(String named, List<TableEntry> entries, Of settings, int expressions, String apart) {

    private static final String EVENT_TIME = "event-time";
    private static final String DISTRIBUTION = "write.distribution-mode";

    /**
     * What holds for the table when all entries have been heard.
     *
     * @param rows what is said of them
     * @param properties as the file has them
     */
    record Of(RuleSettings rows, KeyCheck.Of key, Map<String, String> properties) {}

    static EventTimeCheck of(TableName table, List<TableEntry> entries, Of settings) {
        return new EventTimeCheck("`" + table + "`", entries, settings, 0, "");
    }

    /** Of entries that may meet on a table. */
    static EventTimeCheck of(MayMeet.Meeting meeting, Of settings) {
        return new EventTimeCheck(
                meeting.named(),
                meeting.selecting(),
                settings,
                meeting.expressions(),
                meeting.expression()
                        .map(expression -> ", or write names, or names with `*`, in place of `" + expression
                                + "`: of an expression it is not known which tables it selects")
                        .orElse(", or name tables so that none has both"));
    }

    /** What the file says that does not go together, whatever columns there are. */
    List<Diagnostic> unsuited() {
        List<Diagnostic> found = new ArrayList<>();
        RowEventTime said = settings.rows().eventTime();
        if (said == null) {
            return found;
        }
        if (settings.key().key().isUpsert()) {
            found.add(unsuited(
                    "rows of " + named
                            + " replace each other, and without a late one the row before it would stay for good",
                    append()));
        }
        if (settings.key().key().uniqueRows().isPresent()) {
            found.add(unsuited(
                    named + " has `unique`, whose rows are judged by key and not in the order of partitions",
                    "take out one of the two"));
        }
        if ("hash".equalsIgnoreCase(settings.properties().get(DISTRIBUTION))) {
            found.add(unsuited(
                    "`" + DISTRIBUTION + ": hash` sends rows of " + named
                            + " to others before it is known whether they are late",
                    "take out one of the two"));
        }
        if (settings.rows().expect().stream().anyMatch(rule -> rule.name().equals(RowEventTime.LATE))) {
            found.add(unsuited(
                    named + " has a rule called `" + RowEventTime.LATE
                            + "`, which is what late rows are counted and tagged as",
                    "give the rule another name"));
        }
        if (settings.rows().masks().stream().anyMatch(mask -> mask.column().equals(said.column()))) {
            found.add(unsuited(
                    "`" + said.column() + "` of " + named
                            + " is hidden by `mask`, and would be in the ledger and in messages in clear",
                    "name another column, or take it out of `mask`"));
        }
        new WaitingCauses(named, settings.key()).said().forEach(cause -> found.add(waiting(cause)));
        return found;
    }

    /** Of an expression the hint has to be the word that ends the question: a later entry takes back what earlier ones say. */
    private String append() {
        String out = "take out `event-time`";
        if (expressions == 0) {
            return out + ", or say `write: append`";
        }
        TableEntry times = last(EVENT_TIME);
        TableEntry upsert = last("write");
        if (entries.indexOf(times) > entries.indexOf(upsert)) {
            return out + ", or say `write: append` in the entry `" + times.selector() + "`";
        }
        return expressions > 1 && !times.equals(upsert)
                ? out + ", or put the entry `" + times.selector() + "` behind `" + upsert.selector()
                        + "` and say `write: append` in it"
                : out;
    }

    /**
     * What is wrong with the column.
     *
     * @param clear the table's columns before anything is hidden; empty where they are not known
     * @param there those of the table, where it is there
     */
    List<Diagnostic> columns(Optional<TableSchema> clear, Optional<TableSchema> there) {
        RowEventTime said = settings.rows().eventTime();
        return said == null || clear.isEmpty()
                ? List.of()
                : column(said.column(), clear.get(), there).stream().toList();
    }

    /**
     * What does not go together with a table as it is.
     *
     * @param there its columns, where it is there
     */
    List<Diagnostic> unsuitedBy(TableName table, PlanContext context, Optional<TableSchema> there) {
        List<Diagnostic> found = new ArrayList<>();
        RowEventTime said = settings.rows().eventTime();
        if (said != null) {
            WaitingCauses.already(table, context, there.isPresent(), EVENT_TIME)
                    .ifPresent(cause -> found.add(waiting(cause)));
            there.flatMap(columns -> columns.column(said.column()))
                    .filter(column -> !EventTimes.isTime(column.type()))
                    .ifPresent(column -> found.add(Diagnostic.error(
                                    PlanCode.EVENT_TIME_UNSUITED,
                                    span("column"),
                                    "`" + said.column() + "` of the table that is there is of type " + column.type()
                                            + ", which does not say when an event happened")
                            .fixedBy("name another column")));
        }
        return found;
    }

    /** What waits is not decoded, so it does not say how far its partition is. */
    private Diagnostic waiting(WaitingCauses.Cause cause) {
        return unsuited(cause.why() + ", and it would depend on the moment which rows are late", cause.fix());
    }

    private Diagnostic unsuited(String message, String fix) {
        return Diagnostic.error(PlanCode.EVENT_TIME_UNSUITED, span(), message).fixedBy(fix + apart);
    }

    private SourceSpan span(String... below) {
        TableEntry entry = last(EVENT_TIME);
        return below.length == 0
                ? entry.bound().span(EVENT_TIME)
                : entry.bound().spanOf(EVENT_TIME, below[0]);
    }

    private Diagnostic danger(String message) {
        return new Diagnostic(
                PlanCode.EVENT_TIME_UNSUITED,
                Severity.DANGER,
                span("column"),
                "",
                message,
                Optional.empty(),
                Optional.of("name another column, unless producers still send this one"));
    }

    private TableEntry last(String option) {
        return entries.stream()
                .filter(any -> any.bound().node().child(option).isPresent())
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private Optional<Diagnostic> column(String name, TableSchema columns, Optional<TableSchema> there) {
        List<String> suited = columns.columns().stream()
                .filter(column -> EventTimes.isTime(column.type()))
                .map(Column::name)
                .toList();
        String expected = suited.isEmpty() ? "a column of a date or timestamp type" : Suggestion.oneOf(suited);
        Optional<Column> column = columns.column(name);
        if (column.isEmpty() && there.flatMap(table -> table.column(name)).isPresent()) {
            // The producers that send it still are no reason to stop: the others' records are refused by themselves.
            return Optional.of(danger(named + " has the column `" + name
                    + "`, which the stream's latest schema lacks: records of that schema go to quarantine,"
                    + " for none of them would be late"));
        }
        if (column.isEmpty()) {
            Diagnostic missing = Diagnostic.error(
                            PlanCode.EVENT_TIME_UNSUITED,
                            span("column"),
                            named + " has no column `" + name + "` to say when its events happened")
                    .expecting(expected);
            return Optional.of(Suggestion.nearest(name, suited)
                    .map(nearest -> missing.fixedBy("write `" + nearest + "`"))
                    .orElse(missing));
        }
        return EventTimes.isTime(column.get().type())
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                                PlanCode.EVENT_TIME_UNSUITED,
                                span("column"),
                                "`" + name + "` is of type " + column.get().type()
                                        + ", which does not say when an event happened")
                        .expecting(expected));
    }
}
