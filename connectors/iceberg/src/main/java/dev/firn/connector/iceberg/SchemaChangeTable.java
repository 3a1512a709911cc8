package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/** The columns of the table of all decisions about schemas, a row a change, and how rows are written and read. */
final class SchemaChangeTable {

    static final String CHANGE_ID = "change_id";
    static final String PIPELINE = "pipeline";
    static final String TABLE_NAME = "table_name";

    /**
     * {@code changed_at} when; {@code pipeline} and {@code run} by whom; {@code table_name} and {@code table_incarnation} of which table;
     * {@code change_id} the same for changes that were decided together; {@code subject}, {@code from_version},
     * {@code to_version} and {@code value_schema_id} what the registry calls the schema, {@code schema_fingerprint} what
     * Firn does; {@code kind}, {@code path}, {@code before}, {@code after} the change; {@code decision} and {@code why} what was
     * done about it; {@code source}, {@code stream}, {@code partition}, {@code position} where the record stands that brought the schema.
     */
    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("changed_at", Primitive.TIMESTAMPTZ),
            Column.required(PIPELINE, Primitive.STRING),
            Column.required("run", Primitive.LONG),
            Column.required(TABLE_NAME, Primitive.STRING),
            Column.required("table_incarnation", Primitive.STRING),
            Column.required(CHANGE_ID, Primitive.STRING),
            Column.optional("subject", Primitive.STRING),
            Column.optional("from_version", Primitive.INT),
            Column.optional("to_version", Primitive.INT),
            Column.optional("value_schema_id", Primitive.INT),
            Column.required("schema_fingerprint", Primitive.STRING),
            Column.required("kind", Primitive.STRING),
            Column.required("path", Primitive.STRING),
            Column.optional("before", Primitive.STRING),
            Column.optional("after", Primitive.STRING),
            Column.required("decision", Primitive.STRING),
            Column.required("why", Primitive.STRING),
            Column.optional("source", Primitive.STRING),
            Column.optional("stream", Primitive.STRING),
            Column.optional("partition", Primitive.INT),
            Column.optional("position", Primitive.LONG)));

    private static final FileFormat FORMAT = FileFormat.PARQUET;

    private SchemaChangeTable() {}

    static TableSpec spec(TableName name) {
        return new TableSpec(name, COLUMNS, List.of(), new TreeMap<>());
    }

    /** A file that nobody knows of yet. */
    static DataFile write(TableName name, Table table, Collection<SchemaDecision> decisions) {
        TableSchema columns = IcebergTypes.columns(name.full(), table.schema());
        OwnTable own = new OwnTable(name, COLUMNS, columns, new RowFactory(columns, table.schema(), FORMAT));
        OutputFileFactory files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId("changes-" + UUID.randomUUID())
                .format(FORMAT)
                .build();
        DataWriter<Record> file = new GenericAppenderFactory(table.schema(), table.spec())
                .setAll(table.properties())
                .newDataWriter(files.newOutputFile(), FORMAT, null);
        try (file) {
            for (SchemaDecision decision : decisions) {
                decision.changes().forEach(change -> file.write(row(own, decision, change)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toDataFile();
    }

    private static Record row(OwnTable own, SchemaDecision decision, SchemaDecision.Change change) {
        SchemaDecision.Writer writer = decision.writer();
        SchemaDecision.@Nullable Place first = writer.first().orElse(null);
        return own.row(
                decision.at().atOffset(ZoneOffset.UTC),
                decision.pipeline(),
                decision.run(),
                decision.table().name().full(),
                decision.table().incarnation(),
                decision.id(),
                writer.subject().orElse(null),
                orNull(writer.from()),
                orNull(writer.to()),
                orNull(writer.schemaId()),
                writer.fingerprint(),
                change.kind(),
                change.path(),
                change.before().orElse(null),
                change.after().orElse(null),
                change.decision(),
                change.why(),
                first == null ? null : first.source(),
                first == null ? null : first.stream(),
                first == null ? null : first.partition(),
                first == null ? null : first.position());
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    /** The ids of what is in the table, as far as a filter lets it through. */
    static List<String> ids(Table table, Expression filter) {
        List<String> ids = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).where(filter).select(CHANGE_ID).build()) {
            rows.forEach(row -> ids.add((String) row.getField(CHANGE_ID)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    /** What the rows say that a filter lets through. */
    static Collection<SchemaDecision> read(Table table, Expression filter) {
        Map<String, SchemaDecision> decisions = new LinkedHashMap<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).where(filter).build()) {
            rows.forEach(row -> decisions.merge((String) row.getField(CHANGE_ID), decision(row), (first, next) -> {
                List<SchemaDecision.Change> changes = new ArrayList<>(first.changes());
                changes.addAll(next.changes());
                return new SchemaDecision(
                        first.id(), first.at(), first.pipeline(), first.run(), first.table(), first.writer(), changes);
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return decisions.values();
    }

    private static SchemaDecision decision(Record row) {
        Optional<SchemaDecision.Place> first = row.getField("stream") == null
                ? Optional.empty()
                : Optional.of(new SchemaDecision.Place(
                        text(row, "source").orElse(""),
                        text(row, "stream").orElse(""),
                        number(row, "partition").orElse(0),
                        (Long) row.getField("position")));
        return new SchemaDecision(
                (String) row.getField(CHANGE_ID),
                ((java.time.OffsetDateTime) row.getField("changed_at")).toInstant(),
                (String) row.getField(PIPELINE),
                (Long) row.getField("run"),
                new SchemaDecision.MetTable(
                        new TableName((String) row.getField(TABLE_NAME)),
                        (String) row.getField("table_incarnation"),
                        List.of()),
                new SchemaDecision.Writer(
                        text(row, "subject"),
                        number(row, "from_version"),
                        number(row, "to_version"),
                        number(row, "value_schema_id"),
                        (String) row.getField("schema_fingerprint"),
                        first),
                List.of(new SchemaDecision.Change(
                        (String) row.getField("kind"),
                        (String) row.getField("path"),
                        text(row, "before"),
                        text(row, "after"),
                        (String) row.getField("decision"),
                        (String) row.getField("why"))));
    }

    private static Optional<String> text(Record row, String column) {
        return Optional.ofNullable((String) row.getField(column));
    }

    private static OptionalInt number(Record row, String column) {
        Integer number = (Integer) row.getField(column);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
