package dev.firn.quality.validation;

import dev.firn.quality.expression.ColumnPath;
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
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream's reader for one table that has other columns than the records: some are computed, some left out, some called otherwise.
 * Evolution sees the columns that the table is to have; {@code where} sees those of the record.
 *
 * <pre>
 *   record -> values in the record's columns -> where -> set, drop, rename -> row
 *                                                 |
 *                                                 +--> left out
 * </pre>
 */
final class ShapedReader implements FormatReader {

    private final FormatReader records;
    private final String stream;
    private final RowRules rules;
    private @Nullable Shaping known;

    /** @param records the stream's own, which stays open when this one is closed */
    ShapedReader(FormatReader records, String stream, RowRules rules) {
        this.records = records;
        this.stream = stream;
        this.rules = rules;
    }

    private RowShape shape() {
        return rules.shape();
    }

    /** @throws Rejected if the file has an expression that can't be asked even of the records that it was planned with */
    private Shaping shaping() throws Rejected {
        if (known == null) {
            known = Shaping.of(rules);
        }
        return known;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return records.schemaId(record);
    }

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

    private ShapedWriter writer(int schemaId, WriterSchema written) throws Rejected {
        return ShapedWriter.of(shaping(), written, () -> records.lineages(schemaId, stream));
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String from) throws Rejected {
        List<SchemaLineage> lineages = records.lineages(schemaId, from);
        if (lineages.isEmpty()) {
            return lineages;
        }
        Shaping known = shaping();
        return new ShapedLineages(
                        (writer, versions) ->
                                ShapedWriter.of(known, writer, versions).schema(),
                        lineages)
                .all();
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return ofNames(schemaId, table).rows(structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return opening(schemaId, view).rows(structs);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return ofNames(schemaId, columns).some(structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return opening(schemaId, some).some(structs);
    }

    private Opening opening(int schemaId, WriterView table) throws Rejected {
        Optional<WriterSchema> written = records.written(schemaId);
        // Of a schema that nobody knows as columns the file's count.
        WriterSchema columns = written.isPresent()
                ? written.get()
                : WriterSchema.of(shape().columns(), new TreeMap<>(), new TreeMap<>());
        return new Opening(schemaId, shaping().reads(), writer(schemaId, columns), table, written.isPresent());
    }

    /** Of a table that nothing says more of than its names. */
    private Opening ofNames(int schemaId, TableSchema table) throws Rejected {
        Opening open = opening(schemaId, new WriterView(table, Set.of()));
        Set<String> there = open.writer.columns().schema().columns().stream()
                .map(Column::name)
                .collect(Collectors.toCollection(HashSet::new));
        List<Column> named = table.columns().stream()
                .map(column -> there.contains(column.name())
                        ? column
                        : new Column(WriterView.lacking(column.name()), column.type(), column.nullability()))
                .toList();
        WriterView view = new WriterView(new TableSchema(named), Set.of(), table);
        return new Opening(schemaId, open.reads, open.writer, view, open.isKnown);
    }

    /** One version of a record, and the table that its rows are for. */
    private final class Opening {

        private final int schemaId;
        private final RecordReads reads;
        private final ShapedWriter writer;
        private final WriterView table;
        /** Whether the record's own reader knows its schema as columns. */
        private final boolean isKnown;

        private Opening(int schemaId, RecordReads reads, ShapedWriter writer, WriterView table, boolean isKnown) {
            this.schemaId = schemaId;
            this.reads = reads;
            this.writer = writer;
            this.table = table;
            this.isKnown = isKnown;
        }

        RowDecoder rows(StructFactory structs) throws Rejected {
            requireSaid();
            ShapedLayout layout = new ShapedLayout(writer, reads, table);
            WriterView view = layout.decoded();
            StructFactory some = new ReadStructs(structs, table.columns());
            if (isKnown) {
                RowDecoder decoder = records.decoder(schemaId, view, leaving(some, view.columns()));
                return shaped(decoder, layout, some);
            }
            TableSchema whole = layout.whole();
            return shaped(records.decoder(schemaId, whole, leaving(some, whole)), layout, some);
        }

        RowDecoder some(StructFactory structs) throws Rejected {
            ShapedLayout layout = new ShapedLayout(writer, reads.withoutWhere(), table);
            WriterView view = layout.decoded();
            StructFactory some = new ReadStructs(structs, table.columns());
            StructFactory leaving = leaving(some, view.columns());
            RowDecoder decoder = isKnown
                    ? records.projection(schemaId, view, leaving)
                    : records.projection(schemaId, view.columns(), leaving);
            return shaped(decoder, layout, some, Optional.empty());
        }

        private StructFactory leaving(StructFactory structs, TableSchema columns) {
            return structs.leaving(columns.asStruct());
        }

        private RowDecoder shaped(RowDecoder decoder, ShapedLayout layout, StructFactory structs) throws Rejected {
            Optional<RowConditions> where = rules.where().isEmpty()
                    ? Optional.empty()
                    : Optional.of(RowConditions.compile(
                            new RowRules(rules.where().get(), List.of(), layout.seen()), layout.seen(), structs));
            return shaped(decoder, layout, structs, where);
        }

        private RowDecoder shaped(
                RowDecoder decoder, ShapedLayout layout, StructFactory structs, Optional<RowConditions> where)
                throws Rejected {
            ShapedRow row = ShapedRow.of(layout, shape(), table, structs);
            StructFactory.Maker maker = structs.maker(table.columns().asStruct());
            RowConditions condition = where.orElse(null);
            int[] read = layout.read();
            return record -> {
                @Nullable Object[] decoded = (@Nullable Object[]) decoder.decode(record);
                @Nullable Object[] seen = new Object[read.length];
                for (int place = 0; place < read.length; place++) {
                    seen[place] = decoded[read[place]];
                }
                LeftOut leftOut = condition == null ? null : condition.leavesOut(seen, record);
                return leftOut == null ? maker.struct(row.of(decoded, seen)) : leftOut;
            };
        }

        /** Null where the producer no longer says something would change what all of its records become, and nobody would hear of it. */
        private void requireSaid() throws Rejected {
            for (RecordReads.Read read : reads.reads()) {
                if (isWritten(read.path())) {
                    continue;
                }
                for (SchemaLineage lineage : records.lineages(schemaId, stream)) {
                    if (!Origins.isYetToCome(read.path(), Origins.Origin.LACKING, lineage)) {
                        throw read.withoutField();
                    }
                }
            }
        }

        private boolean isWritten(ColumnPath path) {
            Optional<ColumnType> type =
                    writer.names().field(path.column()).flatMap(field -> ShapedWriter.type(writer.writer(), field));
            for (String name : path.names().subList(1, path.names().size())) {
                type = type.filter(ColumnType.Struct.class::isInstance)
                        .flatMap(struct -> new TableSchema(((ColumnType.Struct) struct).columns()).column(name))
                        .map(Column::type);
            }
            return type.isPresent();
        }
    }

    @Override
    public void close() {
        // Nothing of its own is open.
    }
}
