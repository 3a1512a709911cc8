package dev.firn.quality.validation;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.EventClock;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's reader for one table: what it decodes are rows as the file wants them.
 *
 * <pre>
 *   record -> values in the table's columns -> where -> expect -> row, with the rules that tag and that it failed
 *                                                |         |
 *                                                |         +--> rejected, left out, or the end of the job
 *                                                +------------> left out
 * </pre>
 */
public final class RuledReader implements FormatReader {

    private final FormatReader records;
    private final String stream;
    private final RowRules rules;

    /**
     * @param records the stream's own, which stays open when the answer is closed
     * @param rules of the table
     * @return the stream's own, where the file says nothing of the table's rows
     */
    public static FormatReader of(FormatReader records, String stream, RowRules rules) {
        return of(records, stream, rules, raw -> {
            throw new IllegalStateException(
                    "our bug: nobody makes rows of this reader, who would need the secrets of masks");
        });
    }

    /** @param references for whoever makes rows: the secrets of masks, which are asked for when the first decoder is opened */
    public static FormatReader of(FormatReader records, String stream, RowRules rules, ReferenceResolver references) {
        FormatReader clear = clear(records, stream, rules);
        return rules.masks().isEmpty() ? clear : new MaskedReader(clear, stream, rules, references);
    }

    /**
     * For whoever makes rows of all records, one by one as their splits have them, so that those can be told that come too late.
     *
     * @param clock of the table
     */
    public static FormatReader of(
            FormatReader records, String stream, RowRules rules, ReferenceResolver references, EventClock clock) {
        FormatReader rows = of(records, stream, rules, references);
        return rules.eventTime()
                .<FormatReader>map(said -> new LateReader(rows, stream, said, clock))
                .orElse(rows);
    }

    private static FormatReader clear(FormatReader records, String stream, RowRules rules) {
        if (rules.shape().isEmpty()) {
            return rules.where().isEmpty() && rules.expect().isEmpty()
                    ? records
                    : new RuledReader(records, stream, rules);
        }
        FormatReader shaped = new ShapedReader(records, stream, rules);
        return rules.expect().isEmpty()
                ? shaped
                : new RuledReader(shaped, stream, new RowRules(null, rules.expect(), rules.columns()));
    }

    private RuledReader(FormatReader records, String stream, RowRules rules) {
        this.records = records;
        this.stream = stream;
        this.rules = rules;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return records.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        RowConditions conditions = RowConditions.compile(rules, table, structs);
        for (RowConditions.Read read : conditions.reads()) {
            if (table.column(read.path().column()).isEmpty()) {
                throw read.withoutColumn(
                        "the table has no column `" + read.path().column() + "`");
            }
        }
        ColumnType.Struct row = table.asStruct();
        return ruled(
                records.decoder(schemaId, table, structs.leaving(row)),
                new Judge(conditions, tag(table)),
                structs.maker(row));
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        RowConditions conditions = RowConditions.compile(rules, view.table(), structs);
        requireSaid(schemaId, view, conditions);
        ColumnType.Struct row = view.columns().asStruct();
        return ruled(
                records.decoder(schemaId, view, structs.leaving(row)),
                new Judge(conditions, tag(view.columns())),
                structs.maker(row));
    }

    /** The place of the column that takes the names of failed rules; -1 where the table has not taken it. */
    private static int tag(TableSchema columns) {
        return columns.columns().stream().map(Column::name).toList().indexOf(RowRules.FAILED_RULES.name());
    }

    private static RowDecoder ruled(RowDecoder decoder, Judge judge, StructFactory.Maker maker) {
        return record -> {
            Object decoded = decoder.decode(record);
            if (decoded instanceof LeftOut filtered) {
                return filtered;
            }
            @Nullable Object[] values = (@Nullable Object[]) decoded;
            Object leftOut = judge.leavesOut(values, record);
            return leftOut == null ? maker.struct(values) : leftOut;
        };
    }

    /** @param tag the place of the names of failed rules, or -1 */
    private record Judge(RowConditions conditions, int tag) {

        /** Why a row is left out; else null, and the row says which rules it failed. */
        @Nullable
        LeftOut leavesOut(@Nullable Object[] values, RawRecord record) throws Rejected {
            LeftOut leftOut = conditions.leavesOut(values, record);
            if (leftOut != null || !conditions.tag()) {
                return leftOut;
            }
            List<RowRule> failed = conditions.failed(values);
            if (!failed.isEmpty()) {
                if (tag < 0) {
                    throw conditions.untagged(values);
                }
                values[tag] = failed.stream().map(RowRule::name).toList();
            }
            return null;
        }
    }

    /**
     * Null where the producer says something, or no longer says it, would leave all of its records out, or let all of them pass, and nobody
     * would hear of it. Null is right for a version that is older than the column.
     */
    private void requireSaid(int schemaId, WriterView view, RowConditions conditions) throws Rejected {
        Origins origins = new Origins(view);
        for (RowConditions.Read read : conditions.reads()) {
            Origins.Origin origin = origins.of(read.path());
            boolean decides = read.isWhere() || origin == Origins.Origin.NOT_IN_TABLE;
            if (origin == Origins.Origin.FILLED || !decides) {
                continue;
            }
            if (origin == Origins.Origin.NOT_IN_TABLE
                    && origins.isWritten(read.path().column())) {
                throw read.withoutColumn("the table has no column `" + read.path()
                        + "`, though the record has: it has another name there, or was left out");
            }
            for (SchemaLineage lineage : records.lineages(schemaId, stream)) {
                if (!Origins.isYetToCome(read.path(), origin, lineage)) {
                    throw read.withoutColumn(
                            "the record's schema does not have `" + read.path() + "`, and is no older than it");
                }
            }
        }
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return records.column(schemaId, column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return records.projection(schemaId, columns, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return records.projection(schemaId, some, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return records.written(schemaId);
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String from) throws Rejected {
        return records.lineages(schemaId, from);
    }

    @Override
    public void close() {
        // Nothing of its own is open.
    }
}
