package dev.firn.quality.validation;

import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is decoded of a record so that its row can be made of it, and where each part of the row comes from.
 *
 * <pre>
 *   table      id   customer_id   status               (as evolution sees the record)
 *   decoded    id   cust          status  region
 *                                    |       |
 *                    upper(status) --+       +-- where
 * </pre>
 */
final class ShapedLayout {

    /** What has no place among the decoded: it is computed, or nothing. */
    static final int NOWHERE = -1;

    private final ShapedWriter writer;
    private final RecordReads reads;
    private final WriterView table;
    private final List<Column> decoded = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** Of what is decoded as the table has it, under the table's names. */
    private final Map<Integer, ColumnType> inTable = new HashMap<>();

    private final List<Column> seen = new ArrayList<>();
    private final int[] from;
    private final int[] read;

    /** @param table as records of the version look for evolution */
    ShapedLayout(ShapedWriter writer, RecordReads reads, WriterView table) throws Rejected {
        this.writer = writer;
        this.reads = reads;
        this.table = table;
        Set<String> fields = new HashSet<>();
        reads.columns().forEach(name -> writer.names().field(name).ifPresent(fields::add));
        List<Column> columns = table.columns().columns();
        this.from = new int[columns.size()];
        for (int place = 0; place < from.length; place++) {
            Column there = table.table().columns().get(place);
            from[place] = WriterView.isLacking(columns.get(place).name())
                    ? lacking(columns.get(place), there)
                    : field(columns.get(place), there, fields);
        }
        List<String> names = reads.columns();
        this.read = new int[names.size()];
        for (int place = 0; place < read.length; place++) {
            read[place] = read(names.get(place));
        }
    }

    private int field(Column column, Column there, Set<String> fieldsRead) {
        ShapedColumns.Target target = target(column.name());
        if (target.isComputed()) {
            return NOWHERE;
        }
        String field = target.source();
        ColumnType own = type(field).orElseThrow();
        // Expressions see what the producer wrote; a column that is wider gets it afterwards.
        if (fieldsRead.contains(field) && isScalar(own) && isScalar(column.type())) {
            return add(new Column(field, own, column.nullability()));
        }
        int place = add(new Column(field, column.type(), column.nullability()));
        inTable.put(place, there.type());
        return place;
    }

    private ShapedColumns.Target target(String column) {
        return writer.columns().targets().stream()
                .filter(one -> one.column().name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: no field goes to `" + column + "`"));
    }

    /** What the file takes away has no default either. */
    private int lacking(Column column, Column there) throws Rejected {
        Optional<String> renamed = writer.shape().rename().stream()
                .filter(one -> one.to().equals(there.name()))
                .map(RowShape.Renamed::from)
                .findFirst();
        if (renamed.isEmpty() && isTakenAway(there.name())) {
            if (!column.isOptional()) {
                throw new Rejected(
                        RejectCode.MISSING_REQUIRED_COLUMN,
                        "the table requires `" + there.name() + "`, which the file takes out of records");
            }
            return NOWHERE;
        }
        int place =
                add(new Column(WriterView.lacking(renamed.orElse(there.name())), column.type(), column.nullability()));
        inTable.put(place, there.type());
        return place;
    }

    private boolean isTakenAway(String name) {
        RowShape shape = writer.shape();
        return shape.drop().contains(name)
                || shape.rename().stream().anyMatch(one -> one.from().equals(name))
                || shape.set().stream().anyMatch(one -> one.column().equals(name))
                || shape.tags().stream().anyMatch(one -> one.name().equals(name));
    }

    private int read(String name) {
        Optional<String> field = writer.names().field(name);
        Column wanted = reads.seen(name, field.flatMap(this::type));
        String decodedAs = field.orElse(WriterView.lacking(name));
        Integer known = places.get(decodedAs);
        if (known != null) {
            seen.add(Column.optional(name, inTable.getOrDefault(known, wanted.type())));
            return known;
        }
        seen.add(wanted);
        return add(Column.optional(decodedAs, marked(field.flatMap(this::type), wanted.type())));
    }

    /** The same where what the version does not have is marked as such. */
    private static ColumnType marked(Optional<ColumnType> own, ColumnType wanted) {
        if (!(wanted instanceof ColumnType.Struct struct)) {
            return wanted;
        }
        Optional<TableSchema> there = own.filter(ColumnType.Struct.class::isInstance)
                .map(type -> new TableSchema(((ColumnType.Struct) type).columns()));
        List<Column> fields = new ArrayList<>();
        for (Column field : struct.columns()) {
            Optional<ColumnType> ownField =
                    there.flatMap(columns -> columns.column(field.name())).map(Column::type);
            String name = ownField.isPresent() ? field.name() : WriterView.lacking(field.name());
            fields.add(new Column(name, marked(ownField, field.type()), field.nullability()));
        }
        return new ColumnType.Struct(fields);
    }

    private int add(Column column) {
        if (places.put(column.name(), decoded.size()) != null) {
            throw new IllegalStateException("our bug: `" + column.name() + "` is decoded twice");
        }
        decoded.add(column);
        return decoded.size() - 1;
    }

    private Optional<ColumnType> type(String field) {
        return ShapedWriter.type(writer.writer(), field);
    }

    private static boolean isScalar(ColumnType type) {
        return type instanceof ColumnType.Primitive || type instanceof ColumnType.Decimal;
    }

    /** What the record's own reader is asked for. */
    WriterView decoded() {
        Set<String> leftOut = new TreeSet<>();
        for (String path : writer.writer().fields()) {
            String field = ShapedWriter.field(path, writer.writer().columns()).orElseThrow();
            if (!places.containsKey(field)) {
                leftOut.add(path);
            }
        }
        TableSchema shaped = writer.columns().schema();
        for (String path : table.leftOut()) {
            String column = ShapedWriter.field(path, shaped).orElseThrow();
            ShapedColumns.Target target = target(column);
            // What is decoded for an expression alone is decoded whole.
            if (!target.isComputed() && isInTable(target.source())) {
                leftOut.add(target.source() + path.substring(column.length()));
            }
        }
        return new WriterView(new TableSchema(decoded), leftOut);
    }

    private boolean isInTable(String field) {
        Integer place = places.get(field);
        return place != null && java.util.Arrays.stream(from).anyMatch(one -> one == place);
    }

    /** The same without a field left out, for records whose schema nobody knows: all that was planned. */
    TableSchema whole() {
        List<Column> all = new ArrayList<>(decoded);
        writer.writer().columns().columns().stream()
                .filter(column -> !places.containsKey(column.name()))
                .forEach(column -> all.add(Column.optional(column.name(), column.type())));
        return new TableSchema(all);
    }

    /** The place among the decoded of each column of the table, or {@link #NOWHERE}. */
    int[] from() {
        return from.clone();
    }

    /** The name in {@code set} of a column of the table that is computed. */
    Optional<String> computed(int place) {
        Column column = table.columns().columns().get(place);
        return from[place] != NOWHERE || WriterView.isLacking(column.name())
                ? Optional.empty()
                : Optional.of(target(column.name()).source());
    }

    /** The columns that expressions are compiled for. */
    TableSchema seen() {
        return new TableSchema(seen);
    }

    /** The place among the decoded of each of them. */
    int[] read() {
        return read.clone();
    }
}
