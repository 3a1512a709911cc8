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
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's reader for one table in which columns are hidden: last of all, so that conditions and expressions have seen what is clear.
 * Nothing that leaves it has a clear value, no reason why a record is no row either.
 *
 * <pre>
 *   record -> where, set, drop, rename, expect -> values, clear -> mask -> row
 *                      |
 *                      +--> rejected, or the end of the job: without the values that it would name
 * </pre>
 */
final class MaskedReader implements FormatReader {

    private final FormatReader records;
    private final String stream;
    private final RowRules rules;
    private final ReferenceResolver references;

    /** @param records with clear values, which stays open when this one is closed */
    MaskedReader(FormatReader records, String stream, RowRules rules, ReferenceResolver references) {
        this.records = records;
        this.stream = stream;
        this.rules = rules;
        this.references = references;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return records.schemaId(record);
    }

    /** Of a record as it came: whoever routes by a column that is hidden would name tables by what is clear, so no plan does. */
    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return records.column(schemaId, column);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        Optional<WriterSchema> written = records.written(schemaId);
        return written.isEmpty()
                ? written
                : Optional.of(writer(schemaId, written.get()).schema());
    }

    private MaskedWriter writer(int schemaId, WriterSchema written) throws Rejected {
        return MaskedWriter.of(rules, written, () -> records.lineages(schemaId, stream));
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String from) throws Rejected {
        List<SchemaLineage> lineages = records.lineages(schemaId, from);
        return lineages.isEmpty()
                ? lineages
                : new ShapedLineages(
                                (writer, versions) ->
                                        MaskedWriter.of(rules, writer, versions).schema(),
                                lineages)
                        .all();
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        Opening open = opening(schemaId, new WriterView(table, Set.of()));
        return open.masked(records.decoder(schemaId, open.view().columns(), open.leaving(structs)), structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        Opening open = opening(schemaId, view);
        return open.masked(records.decoder(schemaId, open.view(), open.leaving(structs)), structs);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        Opening open = opening(schemaId, new WriterView(columns, Set.of()));
        return open.masked(records.projection(schemaId, open.view().columns(), open.leaving(structs)), structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        Opening open = opening(schemaId, some);
        return open.masked(records.projection(schemaId, open.view(), open.leaving(structs)), structs);
    }

    private Opening opening(int schemaId, WriterView masked) throws Rejected {
        WriterSchema clear = records.written(schemaId)
                // Of a schema that nobody knows as columns the file's count.
                .orElseGet(() -> WriterSchema.of(rules.columns(), new TreeMap<>(), new TreeMap<>()));
        Map<String, RowMask> masks = writer(schemaId, clear).masks();
        List<Column> columns = new ArrayList<>();
        List<Column> table = new ArrayList<>();
        MaskedValues.@Nullable Masking[] maskings =
                new MaskedValues.Masking[masked.columns().columns().size()];
        for (int place = 0; place < maskings.length; place++) {
            Column column = masked.columns().columns().get(place);
            Column there = masked.table().columns().get(place);
            RowMask mask = mask(column.name(), masks);
            if (mask != null) {
                maskings[place] = MaskedValues.masking(mask, references);
                ColumnType type = clearType(column, mask, clear);
                column = new Column(column.name(), type, column.nullability());
                there = new Column(there.name(), type, there.nullability());
            }
            columns.add(column);
            table.add(there);
        }
        return new Opening(
                masked, new WriterView(new TableSchema(columns), masked.leftOut(), new TableSchema(table)), maskings);
    }

    /** The table's, where hidden values have the type of clear ones: it may be wider than the version's by now. */
    private ColumnType clearType(Column column, RowMask mask, WriterSchema clear) {
        if (MaskedValues.keepsType(mask.as())) {
            return column.type();
        }
        return clear.columns()
                .column(column.name())
                .or(() -> rules.columns().column(mask.column()))
                .orElse(column)
                .type();
    }

    /** What a version lacks and the table has may be filled with a default, which is hidden like any other value. */
    private @Nullable RowMask mask(String field, Map<String, RowMask> masks) {
        if (!WriterView.isLacking(field)) {
            return masks.get(field);
        }
        return rules.masks().stream()
                .filter(mask -> mask.column().equals(WriterView.nameOf(field)))
                .findFirst()
                .orElse(null);
    }

    /**
     * One version of a record, and the table that its rows are for.
     *
     * @param masked as the table is
     * @param view the same with the types of what is clear
     * @param maskings by the columns' places; null where nothing is hidden
     */
    private record Opening(WriterView masked, WriterView view, MaskedValues.@Nullable Masking[] maskings) {

        StructFactory leaving(StructFactory structs) {
            return structs.leaving(view.columns().asStruct());
        }

        RowDecoder masked(RowDecoder decoder, StructFactory structs) {
            StructFactory.Maker maker = structs.maker(masked.columns().asStruct());
            return record -> {
                Object decoded = decoded(decoder, record);
                if (decoded instanceof LeftOut) {
                    return decoded;
                }
                @Nullable Object[] values = (@Nullable Object[]) decoded;
                for (int place = 0; place < maskings.length; place++) {
                    MaskedValues.Masking masking = maskings[place];
                    Object value = values[place];
                    if (masking != null && value != null) {
                        values[place] = masking.of(value);
                    }
                }
                return maker.struct(values);
            };
        }

        private static Object decoded(RowDecoder decoder, RawRecord record) throws Rejected {
            try {
                return decoder.decode(record);
            } catch (Rejected rejected) {
                throw withoutValues(rejected);
            } catch (RowForbidden forbidden) {
                throw new RowForbidden(
                        "a record breaks a rule that ends the job; its values are not told, for `mask` hides"
                                + " some of them (" + record.split().id() + " @ " + record.position() + ")");
            } catch (OutsideException outside) {
                throw outside;
            } catch (RuntimeException bug) {
                throw withoutValues(bug, record);
            }
        }

        /** Where it broke is told, and not why: a text that is no number, for example, would be named. */
        private static IllegalStateException withoutValues(RuntimeException bug, RawRecord record) {
            IllegalStateException without =
                    new IllegalStateException("our bug: " + bug.getClass().getName()
                            + " where a record is decoded; its message is not told, for `mask` hides values of the table, and it"
                            + " may have some of them (" + record.split().id() + " @ " + record.position() + ")");
            without.setStackTrace(bug.getStackTrace());
            return without;
        }

        /** What a reason says of values may be what is hidden. */
        private static Rejected withoutValues(Rejected rejected) {
            String why = "the reason is not told, for `mask` hides values of the table, and it may have some of them";
            return rejected.rule().isPresent()
                    ? Rejected.by(
                            rejected.rule().get(),
                            rejected.code(),
                            "rule `" + rejected.rule().get() + "`: " + why)
                    : new Rejected(rejected.code(), rejected.code().word() + ": " + why);
        }
    }

    @Override
    public void close() {
        // Nothing of its own is open.
    }
}
