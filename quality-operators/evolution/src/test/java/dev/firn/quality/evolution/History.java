package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random history of a schema: versions that each differ from the one before in a few ways, none of which a table can't
 * follow, and which field of each version is which field of the others.
 */
final class History {

    /** A field of the current version, or one that is gone. */
    private static final class Field {
        private final int number;
        private String name;
        private ColumnType type;
        private boolean optional;

        /** What it was called in the newest version that has it. */
        private Optional<String> published = Optional.empty();

        private final Set<String> formers = new TreeSet<>();
        private final List<Field> inside = new ArrayList<>();
        private final List<Field> gone = new ArrayList<>();

        private Field(int number, String name, ColumnType type, boolean optional) {
            this.number = number;
            this.name = name;
            this.type = type;
            this.optional = optional;
        }
    }

    private final Random random;
    private final Field root = new Field(0, "", new ColumnType.Struct(List.of()), false);
    private final List<WriterSchema> versions = new ArrayList<>();
    private final List<Map<String, Integer>> numbers = new ArrayList<>();
    private int lastNumber;
    private int lastName;
    private int changes;

    private History(long seed) {
        this.random = new Random(seed);
    }

    static History of(long seed, int changes) {
        History history = new History(seed);
        for (int i = 0; i < 4; i++) {
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

    List<WriterSchema> versions() {
        return versions;
    }

    /** Which field stands at each path of a version. */
    Map<String, Integer> numbers(int version) {
        return numbers.get(version);
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
        boolean deep = random.nextInt(4) == 0;
        Field field = new Field(
                ++lastNumber, newName(struct), deep ? new ColumnType.Struct(List.of()) : leaf(), random.nextBoolean());
        if (deep) {
            add(field);
            add(field);
            int shape = random.nextInt(3);
            field = shape == 0 ? field : container(struct, field, shape == 1);
        }
        struct.inside.add(random.nextInt(struct.inside.size() + 1), field);
        changes++;
    }

    private Field container(Field in, Field element, boolean list) {
        Field container = new Field(
                ++lastNumber,
                newName(in),
                list
                        ? new ColumnType.ListOf(element.type, Nullability.REQUIRED)
                        : new ColumnType.MapOf(element.type, Nullability.REQUIRED),
                random.nextBoolean());
        element.name = list ? "[]" : "{}";
        container.inside.add(element);
        return container;
    }

    /**
     * Mostly one that nobody had; now and then one that a field had before it was renamed, but not in the last version, for a
     * field of the same name is the same field.
     */
    private String newName(Field struct) {
        List<Field> all = new ArrayList<>(struct.inside);
        all.addAll(struct.gone);
        List<String> formers = all.stream()
                .flatMap(field -> field.formers.stream())
                .filter(name -> all.stream()
                        .noneMatch(field -> field.name.equals(name) || field.published.equals(Optional.of(name))))
                .toList();
        return formers.isEmpty() || random.nextInt(3) > 0 ? "f" + ++lastName : oneOf(formers);
    }

    private void drop(Field struct) {
        if (struct.inside.size() > 1) {
            Field field = struct.inside.remove(random.nextInt(struct.inside.size()));
            field.published.ifPresent(name -> {
                field.name = name;
                struct.gone.add(field);
            });
            changes++;
        }
    }

    private void rename(Field struct) {
        Field field = oneOf(struct.inside);
        field.name = newName(struct);
        changes++;
    }

    private void retype(Field struct) {
        Field field = oneOf(struct.inside);
        Optional<ColumnType> other = other(field.type);
        if (other.isPresent()) {
            field.type = other.get();
            changes++;
        }
    }

    private static Optional<ColumnType> other(ColumnType type) {
        if (type == Primitive.INT) {
            return Optional.of(Primitive.LONG);
        }
        if (type == Primitive.LONG) {
            return Optional.of(Primitive.INT);
        }
        if (type == Primitive.FLOAT) {
            return Optional.of(Primitive.DOUBLE);
        }
        if (type == Primitive.DOUBLE) {
            return Optional.of(Primitive.FLOAT);
        }
        return type instanceof ColumnType.Decimal decimal && decimal.precision() < 30
                ? Optional.of(new ColumnType.Decimal(decimal.precision() + 1, decimal.scale()))
                : Optional.empty();
    }

    private void flipOptional(Field struct) {
        Field field = oneOf(struct.inside);
        field.optional = !field.optional;
        changes++;
    }

    /** A field that was dropped comes back under the name that it had last. */
    private void comeBack(Field struct) {
        struct.gone.stream()
                .filter(field -> struct.inside.stream().noneMatch(other -> other.name.equals(field.name)))
                .findAny()
                .ifPresent(field -> {
                    struct.gone.remove(field);
                    struct.inside.add(field);
                    changes++;
                });
    }

    private ColumnType leaf() {
        return oneOf(List.of(
                Primitive.INT,
                Primitive.LONG,
                Primitive.FLOAT,
                Primitive.STRING,
                Primitive.DATE,
                new ColumnType.Decimal(10, 2)));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Field> structs(Field in, List<Field> found) {
        if (in.type instanceof ColumnType.Struct) {
            found.add(in);
        }
        in.inside.forEach(field -> structs(field, found));
        return found;
    }

    private void publish() {
        Map<String, Integer> places = new TreeMap<>();
        TreeMap<String, List<String>> formers = new TreeMap<>();
        List<Column> columns = root.inside.stream()
                .map(field -> column(field, field.name, places, formers))
                .toList();
        versions.add(new WriterSchema("v" + versions.size(), new TableSchema(columns), formers, new TreeMap<>()));
        numbers.add(places);
    }

    private static Column column(
            Field field, String path, Map<String, Integer> places, Map<String, List<String>> formers) {
        places.put(path, field.number);
        field.published.filter(name -> !name.equals(field.name)).ifPresent(name -> {
            formers.put(path, List.of(name));
            field.formers.add(name);
        });
        field.published = Optional.of(field.name);
        return new Column(
                field.name,
                type(field, path, places, formers),
                field.optional ? Nullability.OPTIONAL : Nullability.REQUIRED);
    }

    private static ColumnType type(
            Field field, String path, Map<String, Integer> places, Map<String, List<String>> formers) {
        if (field.type instanceof ColumnType.Struct) {
            return new ColumnType.Struct(field.inside.stream()
                    .map(inside -> column(inside, ColumnPath.child(path, inside.name), places, formers))
                    .toList());
        }
        if (field.inside.isEmpty()) {
            return field.type;
        }
        Field element = field.inside.get(0);
        Column inside = column(element, path + element.name, places, formers);
        return field.type instanceof ColumnType.ListOf
                ? new ColumnType.ListOf(inside.type(), inside.nullability())
                : new ColumnType.MapOf(inside.type(), inside.nullability());
    }
}
