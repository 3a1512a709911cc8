package dev.firn.it.testing.schemas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A random history of a schema: versions that each differ from the one before in a few ways, none of which a table can't follow;
 * records of each; and what a table has of a record in the end.
 */
public final class SchemaHistory {

    /** What holds other fields, or a value. */
    private enum Shape {
        VALUE,
        STRUCT,
        LIST,
        MAP
    }

    /** A field of the current version, or one that is gone. */
    private static final class Field {
        /** Tells records of a schema apart, whatever their fields are called. */
        private final int number;

        private final Shape shape;
        private Schema.Type type;
        private String name;
        private boolean optional;
        private Optional<String> published = Optional.empty();
        private final TreeMap<Integer, String> names = new TreeMap<>();
        private final List<Field> inside = new ArrayList<>();
        private final List<Field> gone = new ArrayList<>();

        private Field(int number, Shape shape, Schema.Type type, String name, boolean optional) {
            this.number = number;
            this.shape = shape;
            this.type = type;
            this.name = name;
            this.optional = optional;
        }
    }

    private final Random random;
    private final Field root = new Field(0, Shape.STRUCT, Schema.Type.RECORD, "", false);
    private final List<Schema> versions = new ArrayList<>();
    private int lastName;
    private int lastNumber;
    private int changes;

    private SchemaHistory(long seed) {
        this.random = new Random(seed);
    }

    /** @param changes at least so many between the first version and the last */
    public static SchemaHistory of(long seed, int changes) {
        SchemaHistory history = new SchemaHistory(seed);
        history.root.inside.add(new Field(0, Shape.VALUE, Schema.Type.LONG, "id", false));
        for (int i = 0; i < 3; i++) {
            history.add(history.root);
        }
        history.publish();
        history.changes = 0;
        while (history.changes < changes) {
            int some = 1 + history.random.nextInt(3);
            for (int i = 0; i < some; i++) {
                history.change();
            }
            history.publish();
        }
        return history;
    }

    public List<Schema> versions() {
        return Collections.unmodifiableList(versions);
    }

    /** A record of a version with that {@code id}. */
    public GenericRecord record(int version, long id) {
        GenericRecord record = filled(versions.get(version), new Random(id));
        record.put("id", id);
        return record;
    }

    /**
     * What a table has of a record, by the names that the newest written version gives its columns; nulls are left out.
     *
     * @param newest the newest version that rows were written with
     */
    public Map<String, Object> row(GenericRecord record, int version, int newest) {
        return struct(record, root, version, newest);
    }

    private static Map<String, Object> struct(GenericRecord record, Field struct, int version, int newest) {
        Map<String, Object> row = new TreeMap<>();
        List<Field> all = new ArrayList<>(struct.inside);
        all.addAll(struct.gone);
        for (Field field : all) {
            String written = field.names.get(version);
            Object value = written == null ? null : record.get(written);
            if (value != null) {
                row.put(field.names.floorEntry(newest).getValue(), seen(value, field, version, newest));
            }
        }
        return row;
    }

    private static Object seen(Object value, Field field, int version, int newest) {
        return switch (field.shape) {
            case STRUCT -> struct((GenericRecord) value, field, version, newest);
            case LIST -> ((List<?>) value)
                    .stream()
                            .map(item -> seen(item, field.inside.get(0), version, newest))
                            .toList();
            case MAP -> {
                Map<String, Object> entries = new TreeMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, entry) ->
                                entries.put(String.valueOf(key), seen(entry, field.inside.get(0), version, newest)));
                yield entries;
            }
            case VALUE -> value;
        };
    }

    private void change() {
        Field struct = oneOf(structs(root, new ArrayList<>()));
        switch (random.nextInt(9)) {
            case 0, 1 -> add(struct);
            case 2 -> drop(struct);
            case 3, 4 -> rename(struct);
            case 5 -> retype(struct);
            case 6 -> flipOptional(struct);
            case 7 -> Collections.shuffle(struct.inside, random);
            default -> comeBack(struct);
        }
    }

    private void add(Field struct) {
        Field field = random.nextInt(4) == 0
                ? new Field(++lastNumber, Shape.STRUCT, Schema.Type.RECORD, newName(struct), random.nextBoolean())
                : new Field(++lastNumber, Shape.VALUE, leaf(), newName(struct), random.nextBoolean());
        if (field.shape == Shape.STRUCT) {
            add(field);
            add(field);
            field = contained(field);
        }
        struct.inside.add(random.nextInt(struct.inside.size() + 1), field);
        changes++;
    }

    /** The struct itself, or a list or a map of it. */
    private Field contained(Field struct) {
        int shape = random.nextInt(3);
        if (shape == 0) {
            return struct;
        }
        Field container = shape == 1
                ? new Field(++lastNumber, Shape.LIST, Schema.Type.ARRAY, struct.name, struct.optional)
                : new Field(++lastNumber, Shape.MAP, Schema.Type.MAP, struct.name, struct.optional);
        struct.optional = false;
        container.inside.add(struct);
        return container;
    }

    /**
     * Mostly one that nobody had; now and then one that a field had before it was renamed, but not in the last version, for a
     * field of the same name is the same field.
     */
    private String newName(Field struct) {
        List<Field> all = new ArrayList<>(struct.inside);
        all.addAll(struct.gone);
        Set<String> formers = new TreeSet<>();
        all.forEach(field -> formers.addAll(field.names.values()));
        formers.removeIf(name ->
                all.stream().anyMatch(field -> field.name.equals(name) || field.published.equals(Optional.of(name))));
        return formers.isEmpty() || random.nextInt(3) > 0 ? "f" + ++lastName : oneOf(List.copyOf(formers));
    }

    private void drop(Field struct) {
        List<Field> droppable =
                struct.inside.stream().filter(field -> !field.name.equals("id")).toList();
        if (droppable.size() > 1) {
            Field field = oneOf(droppable);
            struct.inside.remove(field);
            field.published.ifPresent(name -> {
                field.name = name;
                struct.gone.add(field);
            });
            changes++;
        }
    }

    private void rename(Field struct) {
        Field field = oneOf(struct.inside);
        if (!field.name.equals("id")) {
            field.name = newName(struct);
            changes++;
        }
    }

    private void retype(Field struct) {
        Field field = oneOf(struct.inside);
        Optional<Schema.Type> other =
                switch (field.type) {
                    case INT -> Optional.of(Schema.Type.LONG);
                    case LONG -> field.name.equals("id") ? Optional.empty() : Optional.of(Schema.Type.INT);
                    case FLOAT -> Optional.of(Schema.Type.DOUBLE);
                    case DOUBLE -> Optional.of(Schema.Type.FLOAT);
                    default -> Optional.empty();
                };
        other.ifPresent(type -> {
            field.type = type;
            changes++;
        });
    }

    private void flipOptional(Field struct) {
        Field field = oneOf(struct.inside);
        if (!field.name.equals("id")) {
            field.optional = !field.optional;
            changes++;
        }
    }

    /** A field that was dropped comes back under the name that it had last. */
    private void comeBack(Field struct) {
        struct.gone.stream()
                .filter(field -> struct.inside.stream().noneMatch(other -> other.name.equals(field.name)))
                .findFirst()
                .ifPresent(field -> {
                    struct.gone.remove(field);
                    struct.inside.add(field);
                    changes++;
                });
    }

    private Schema.Type leaf() {
        return oneOf(
                List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.STRING, Schema.Type.BOOLEAN));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Field> structs(Field in, List<Field> found) {
        if (in.shape == Shape.STRUCT) {
            found.add(in);
        }
        in.inside.forEach(field -> structs(field, found));
        return found;
    }

    private void publish() {
        versions.add(record(root, versions.size()));
    }

    private Schema record(Field struct, int version) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Field field : struct.inside) {
            Schema type = type(field, version);
            Schema.Field written = new Schema.Field(
                    field.name, field.optional ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type);
            field.published.filter(was -> !was.equals(field.name)).ifPresent(written::addAlias);
            field.published = Optional.of(field.name);
            field.names.put(version, field.name);
            fields.add(written);
        }
        return Schema.createRecord("R" + struct.number, null, "random", false, fields);
    }

    private Schema type(Field field, int version) {
        return switch (field.shape) {
            case VALUE -> Schema.create(field.type);
            case STRUCT -> record(field, version);
            case LIST -> Schema.createArray(type(field.inside.get(0), version));
            case MAP -> Schema.createMap(type(field.inside.get(0), version));
        };
    }

    private static GenericRecord filled(Schema schema, Random random) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), random)));
        return record;
    }

    private static @Nullable Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case UNION -> random.nextInt(3) == 0
                    ? null
                    : value(schema.getTypes().get(1), random);
            case RECORD -> filled(schema, random);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(value(schema.getElementType(), random));
                }
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new HashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    entries.put("k" + i, value(schema.getValueType(), random));
                }
                yield entries;
            }
            case STRING -> "t" + random.nextInt(1_000);
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextInt(1_000) / 4f;
            case DOUBLE -> random.nextInt(1_000_000) / 8d;
            case BOOLEAN -> random.nextBoolean();
            default -> throw new IllegalArgumentException("no value of " + schema);
        };
    }
}
