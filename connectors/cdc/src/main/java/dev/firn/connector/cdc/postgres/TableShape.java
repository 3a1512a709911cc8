package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.LogMessage.Relation;
import dev.firn.connector.cdc.postgres.LogMessage.RelationColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What a table's rows are as records: Avro's schemas of key and value, and a codec for each column. From the catalog and from the log it is
 * the same for the same table. The log does not say which columns may be null, so all of a row may, but for those of its key.
 *
 * @param name of the table, {@code schema.table}
 * @param columns those that the log has, in its order
 * @param key where the key's columns are among those, in the key's order
 */
public record TableShape(
        String name, List<Column> columns, List<Integer> key, FramedSchema keySchema, FramedSchema valueSchema) {

    /**
     * A column of a shape.
     *
     * @param name as Postgres has it
     * @param field as the record has it
     */
    public record Column(String name, String field, PostgresType type, int modifier) {}

    /** Asks a database for a type. */
    @FunctionalInterface
    public interface Types {
        PostgresType type(int oid) throws DatabaseFailure;
    }

    public TableShape {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    public static TableShape of(SourceTable table) {
        List<Column> columns = table.sent().stream()
                .map(column -> column(column.name(), column.type(), column.modifier()))
                .toList();
        return of(table.schema(), table.table(), columns, table.keyPlaces());
    }

    /**
     * Of what the log says.
     *
     * @param key names of the key's columns, as the catalog had them
     * @throws KeyChanged if they are not those that the log says which row it is with
     */
    public static TableShape of(Relation relation, List<String> key, Types types) throws DatabaseFailure, KeyChanged {
        List<Column> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            columns.add(column(column.name(), types.type(column.type()), column.modifier()));
            names.add(column.name());
        }
        List<String> identity = relation.columns().stream()
                .filter(RelationColumn::identity)
                .map(RelationColumn::name)
                .toList();
        boolean isWhole = relation.replicaIdentity() == 'f';
        if (!names.containsAll(key) || (!isWhole && !(identity.containsAll(key) && key.containsAll(identity)))) {
            throw new KeyChanged(relation.name(), key, isWhole ? names : identity);
        }
        return of(
                relation.schema(),
                relation.table(),
                columns,
                key.stream().map(names::indexOf).toList());
    }

    /** Rows are known by other columns than before, so earlier and later changes of one can't be told to be of one. */
    public static final class KeyChanged extends Exception {

        private static final long serialVersionUID = 1L;

        KeyChanged(String table, List<String> before, List<String> now) {
            super("rows of table `" + table + "` were known by " + quoted(before) + ", and changes say " + quoted(now)
                    + " now, so the table has to be read anew");
        }

        private static String quoted(List<String> names) {
            return names.isEmpty() ? "nothing" : "`" + String.join("`, `", names) + "`";
        }
    }

    private static Column column(String name, PostgresType type, int modifier) {
        return new Column(name, AvroNames.of(name), type, modifier);
    }

    private static TableShape of(String schema, String table, List<Column> columns, List<Integer> key) {
        String namespace = AvroNames.of(schema) + "." + AvroNames.of(table);
        List<Schema.Field> keyFields = new ArrayList<>();
        for (int place : key) {
            keyFields.add(new Schema.Field(columns.get(place).field(), schema(columns.get(place))));
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            Schema bare = schema(columns.get(place));
            fields.add(new Schema.Field(
                    columns.get(place).field(), key.contains(place) ? bare : TypeCodecs.nullable(bare)));
        }
        Schema row = Schema.createRecord("Value", null, namespace, false, fields);
        return new TableShape(
                schema + "." + table,
                columns,
                key,
                new FramedSchema(Schema.createRecord("Key", null, namespace, false, keyFields)
                        .toString()),
                new FramedSchema(Envelopes.schema(namespace, row).toString()));
    }

    private static Schema schema(Column column) {
        return TypeCodecs.of(column.type(), column.modifier()).schema();
    }

    /** Makes records; for one thread. */
    public RowEncoder encoder() {
        return new RowEncoder(this);
    }

    /** The field of a column, if there is such a column. */
    public Optional<String> field(String column) {
        return columns.stream()
                .filter(known -> known.name().equals(column))
                .map(Column::field)
                .findFirst();
    }
}
