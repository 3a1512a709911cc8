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

/** Gives each table its streams' readers, with what the file says of its rows. */
public final class RuledFormats {

    private final PlannedRules rules;
    private final UnaryOperator<RowRules> adapted;
    private final ReferenceResolver references;
    private final boolean none;
    private final Map<TableName, Map<FormatReader, FormatReader>> readers = new HashMap<>();

    private RuledFormats(PlannedRules rules, UnaryOperator<RowRules> adapted, ReferenceResolver references) {
        this.rules = rules;
        this.references = references;
        this.adapted = adapted;
        this.none = rules.isEmpty();
    }

    /** For a job, which a record may end. */
    static RuledFormats ofAJob(PlannedRules rules, ReferenceResolver references) {
        return new RuledFormats(rules, ofTable -> ofTable, references);
    }

    /** For whoever looks at records one by one: what would end a job is refused like what goes to quarantine. */
    public static RuledFormats withoutAJob(PlannedRules rules, ReferenceResolver references) {
        return new RuledFormats(rules, RowRules::withoutAJob, references);
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
        return RuledReader.of(format, stream, adapted.apply(rules.of(table)), references);
    }
}
