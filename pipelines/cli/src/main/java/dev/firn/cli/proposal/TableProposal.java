package dev.firn.cli.proposal;

import dev.firn.cli.proposal.SampledTable.Sampled;
import dev.firn.definition.yaml.YamlText;
import dev.firn.spi.schema.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a sample suggests that a table's entry say: how it is partitioned, what tells its rows apart, what is to be hidden. */
public final class TableProposal {

    /** With fewer records than this a table by day has files that are not worth their names. */
    static final long FEW_A_DAY = 1_000;

    private static final Duration LONG = Duration.ofDays(62);

    /** From here on it pays to divide a day's rows once more. */
    static final long MANY = 100_000_000;

    private static final int BUCKETS = 16;

    private TableProposal() {}

    /** In the order of the grammar. */
    public static List<Finding> of(SampledTable table) {
        List<Finding> findings = new ArrayList<>();
        Optional<EventTime> time = EventTime.of(table);
        List<Personal> personal = personal(table);
        // Rows can't be told apart by what is hidden.
        Optional<Identity> identity = Identity.of(table).filter(found -> isShown(found.column(), personal));
        time.ifPresent(
                found -> findings.add(
                        new Finding(
                                "event-time",
                                "{column: " + word(found.column()) + ", late-after: 2d}",
                                List.of(
                                        "`" + found.column().name()
                                                + "` says when. With this, rows more than two days behind newer ones of their partition go to quarantine."))));
        masks(personal).ifPresent(findings::add);
        identity.ifPresent(
                found -> findings.add(new Finding("key", "[" + word(found.column()) + "]", List.of(found.sentence()))));
        partitions(table, time, identity, personal).ifPresent(findings::add);
        return findings;
    }

    private static List<Personal> personal(SampledTable table) {
        return table.columns().stream()
                .flatMap(column -> Personal.of(column).stream())
                .toList();
    }

    private static boolean isShown(Sampled column, List<Personal> personal) {
        return personal.stream().noneMatch(hidden -> hidden.column().equals(column));
    }

    private static Optional<Finding> masks(List<Personal> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "mask",
                found.stream()
                        .map(personal -> word(personal.column()) + ": " + personal.mask())
                        .collect(Collectors.joining(", ", "{", "}")),
                found.stream().map(Personal::sentence).toList()));
    }

    private static Optional<Finding> partitions(
            SampledTable table, Optional<EventTime> time, Optional<Identity> identity, List<Personal> personal) {
        if (time.isEmpty() || !isName(time.get().column())) {
            return Optional.empty();
        }
        EventTime by = time.get();
        boolean sparse = by.span().compareTo(LONG) > 0
                && table.records() / Math.max(1, by.span().toDays()) < FEW_A_DAY;
        List<String> why = new ArrayList<>();
        why.add(by.sentence());
        if (sparse) {
            why.add("By month, for " + String.format("%,d", table.records()) + " records of "
                    + by.span().toDays() + " days are few for a partition a day.");
        }
        String transform = (sparse ? "month(" : "day(") + by.column().name() + ")";
        Optional<Sampled> divided = table.records() < MANY ? Optional.empty() : divisor(table, identity, personal);
        divided.ifPresent(column -> why.add("`" + column.name() + "` has many values, which divide the topic's "
                + String.format("%,d", table.records()) + " records further."));
        return Optional.of(new Finding(
                "partition-by",
                "\"" + transform
                        + divided.map(column -> ", bucket(" + column.name() + ", " + BUCKETS + ")")
                                .orElse("")
                        + "\"",
                why));
    }

    /** An id that several rows share, a customer's for instance, which queries ask for; else the rows' own. */
    private static Optional<Sampled> divisor(SampledTable table, Optional<Identity> identity, List<Personal> personal) {
        return table.columns().stream()
                .filter(column -> Identity.isCalledLikeOne(column) && Identity.isScalar(column) && isName(column))
                .filter(column -> isShown(column, personal))
                .filter(column -> column.isInEachRow() && column.distinct() * 10 > column.rows())
                .filter(column ->
                        identity.filter(row -> row.column().equals(column)).isEmpty())
                .findFirst()
                .or(() -> identity.map(Identity::column).filter(TableProposal::isName));
    }

    /** Whether a transform can name it. */
    private static boolean isName(Sampled column) {
        return column.name().matches("[^,()\\s\"\\\\]+") && !(column.column().type() instanceof ColumnType.Struct);
    }

    private static String word(Sampled column) {
        return YamlText.of(column.name());
    }
}
