package dev.firn.flink.write;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.quality.validation.RuledReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives each table its streams' readers, with what the file says of its rows. */
public final class RuledFormats {

    private final PlannedRules rules;
    private final UnaryOperator<RowRules> adapted;
    private final ReferenceResolver references;
    private final boolean none;
    private final boolean timeless;
    private final @Nullable NewestTimes times;
    private final Map<TableName, Boolean> inOrder = new HashMap<>();
    private final Map<TableName, Map<FormatReader, FormatReader>> readers = new HashMap<>();

    private RuledFormats(
            PlannedRules rules,
            UnaryOperator<RowRules> adapted,
            ReferenceResolver references,
            @Nullable NewestTimes times) {
        this.rules = rules;
        this.references = references;
        this.adapted = adapted;
        this.none = rules.isEmpty();
        this.timeless = !rules.knowTimes();
        this.times = times;
    }

    /** For a job, which a record may end. */
    static RuledFormats ofAJob(PlannedRules rules, ReferenceResolver references, NewestTimes times) {
        return new RuledFormats(rules, ofTable -> ofTable, references, times);
    }

    /** For those of a job that are sent records, and see no split whole: times that they know would be told once by each of them. */
    static RuledFormats ofAJobThatGathers(PlannedRules rules, ReferenceResolver references) {
        return new RuledFormats(rules, RuledFormats::neverLate, references, null);
    }

    private static RowRules neverLate(RowRules ofTable) {
        if (ofTable.eventTime().isPresent()) {
            throw new IllegalStateException(
                    "our bug: rows of a table that may be late were sent on, out of their order");
        }
        return ofTable;
    }

    /**
     * For whoever looks at records one by one: what would end a job is refused like what goes to quarantine. Nothing is late, for they are
     * not in the order of their splits.
     */
    public static RuledFormats withoutAJob(PlannedRules rules, ReferenceResolver references) {
        return new RuledFormats(rules, RowRules::withoutAJob, references, null);
    }

    /** The same where all records of a split come in its order. */
    public static RuledFormats withoutAJobInOrder(PlannedRules rules, ReferenceResolver references) {
        return new RuledFormats(rules, RowRules::withoutAJob, references, new NewestTimes());
    }

    /** Whether records of a table are to be decoded in the order of their splits, where they are read. */
    boolean isInOrder(TableName table) {
        return !timeless
                && inOrder.computeIfAbsent(
                        table, asked -> rules.of(asked).eventTime().isPresent());
    }

    /** The same one each time; the stream's own where the file says nothing of the table's rows. */
    public FormatReader of(TableName table, FormatReader format, String stream) {
        if (none) {
            return format;
        }
        return readers.computeIfAbsent(table, first -> new HashMap<>())
                .computeIfAbsent(format, first -> ruled(table, format, stream));
    }

    /** What reads the keys of records without a value, by the names that the table has for them. The same one each time. */
    public FormatReader keys(TableName table, FormatReader keys) {
        List<RowShape.Renamed> rename =
                none ? List.of() : rules.of(table).shape().rename();
        return rename.isEmpty()
                ? keys
                : readers.computeIfAbsent(table, first -> new HashMap<>())
                        .computeIfAbsent(keys, first -> new RenamedKeys(keys, rename));
    }

    private FormatReader ruled(TableName table, FormatReader format, String stream) {
        RowRules ofTable = adapted.apply(rules.of(table));
        NewestTimes known = times;
        return known == null || ofTable.eventTime().isEmpty()
                ? RuledReader.of(format, stream, ofTable, references)
                : RuledReader.of(
                        format,
                        stream,
                        ofTable,
                        references,
                        known.of(table, ofTable.eventTime().get()));
    }
}
