package dev.firn.schema.compare;

import dev.firn.schema.avro.AvroKind;
import dev.firn.schema.avro.Unions;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** One walk over two Avro schemas, an older and a newer one, that finds what lies between them, in the newer one's order. */
public final class SchemaChanges {

    private final List<SchemaChange> changes = new ArrayList<>();
    private final Set<List<String>> open = new HashSet<>();

    private SchemaChanges() {}

    public static List<SchemaChange> between(Schema older, Schema newer) {
        SchemaChanges walk = new SchemaChanges();
        walk.place("", older, newer);
        return List.copyOf(walk.changes);
    }

    /** Where null is allowed, and then what stands there otherwise. */
    private void place(String path, Schema older, Schema newer) {
        Nullability was = Unions.nullability(older);
        Nullability is = Unions.nullability(newer);
        if (was != is) {
            boolean optional = is == Nullability.OPTIONAL;
            add(
                    optional ? ChangeKind.MAKE_OPTIONAL : ChangeKind.MAKE_REQUIRED,
                    path,
                    TypeWords.of(newer) + (optional ? ", null is allowed now" : ", null is not allowed any more"));
        }
        type(path, Unions.withoutNull(older), Unions.withoutNull(newer));
    }

    private void type(String path, Schema older, Schema newer) {
        Schema.Type type = newer.getType();
        if (older.getType() != type || (type != Schema.Type.UNION && AvroKind.of(older) != AvroKind.of(newer))) {
            addIfPresent(TypeChange.of(older, newer), path, older, newer);
            return;
        }
        switch (type) {
            case RECORD -> record(path, older, newer);
            case ENUM -> symbols(path, older, newer);
            case ARRAY -> place(path + "[]", older.getElementType(), newer.getElementType());
            case MAP -> place(path + "{}", older.getValueType(), newer.getValueType());
            case UNION -> branches(path, older, newer);
            default -> addIfPresent(TypeChange.of(older, newer), path, older, newer);
        }
    }

    private void record(String path, Schema older, Schema newer) {
        List<String> names = List.of(older.getFullName(), newer.getFullName());
        if (!open.add(names)) {
            // It contains itself, and what lies between is being said.
            return;
        }
        Map<String, Schema.Field> pairs = pairs(older, newer);
        Set<String> kept = pairs.values().stream().map(Schema.Field::name).collect(Collectors.toSet());
        for (Schema.Field field : newer.getFields()) {
            String fieldPath = child(path, field.name());
            Schema.@Nullable Field before = pairs.get(field.name());
            if (before == null) {
                add(ChangeKind.ADD_COLUMN, fieldPath, described(field));
                continue;
            }
            if (!before.name().equals(field.name())) {
                add(ChangeKind.RENAME_COLUMN, fieldPath, "was `" + before.name() + "`");
            }
            place(fieldPath, before.schema(), field.schema());
            remarks(fieldPath, before, field);
        }
        for (Schema.Field field : older.getFields()) {
            if (!kept.contains(field.name())) {
                add(ChangeKind.DROP_COLUMN, child(path, field.name()), "was " + TypeWords.of(field.schema()));
            }
        }
        List<String> order = older.getFields().stream()
                .map(Schema.Field::name)
                .filter(kept::contains)
                .toList();
        if (!order.equals(pairs.values().stream().map(Schema.Field::name).toList())) {
            add(ChangeKind.REORDER, path, "the fields stand in another order");
        }
        open.remove(names);
    }

    /** Each newer field that was there before with what it was: by its name, else by one of its aliases. */
    private static Map<String, Schema.Field> pairs(Schema older, Schema newer) {
        Set<String> taken = new HashSet<>();
        newer.getFields().forEach(field -> taken.add(field.name()));
        Map<String, Schema.Field> pairs = new LinkedHashMap<>();
        for (Schema.Field field : newer.getFields()) {
            Optional.ofNullable(older.getField(field.name()))
                    .or(() -> field.aliases().stream()
                            .sorted()
                            .filter(alias -> older.getField(alias) != null && taken.add(alias))
                            .findFirst()
                            .map(older::getField))
                    .ifPresent(before -> pairs.put(field.name(), before));
        }
        return pairs;
    }

    private void remarks(String path, Schema.Field older, Schema.Field newer) {
        if (!DefaultWords.tree(older).equals(DefaultWords.tree(newer))) {
            add(ChangeKind.CHANGE_DEFAULT, path, DefaultWords.of(older) + " -> " + DefaultWords.of(newer));
        }
        if (!Objects.equals(older.doc(), newer.doc())) {
            add(ChangeKind.CHANGE_DOC, path, newer.doc() == null ? "the doc is gone" : "the doc differs");
        }
    }

    private void symbols(String path, Schema older, Schema newer) {
        List<String> added = without(newer.getEnumSymbols(), older.getEnumSymbols());
        List<String> removed = without(older.getEnumSymbols(), newer.getEnumSymbols());
        if (!added.isEmpty()) {
            add(ChangeKind.ADD_SYMBOL, path, String.join(", ", added));
        }
        if (!removed.isEmpty()) {
            add(ChangeKind.REMOVE_SYMBOL, path, String.join(", ", removed));
        }
        if (!Objects.equals(older.getEnumDefault(), newer.getEnumDefault())) {
            add(
                    ChangeKind.CHANGE_DEFAULT,
                    path,
                    DefaultWords.of(older.getEnumDefault()) + " -> " + DefaultWords.of(newer.getEnumDefault()));
        }
    }

    private void branches(String path, Schema older, Schema newer) {
        Map<String, Schema> before = byName(older);
        Map<String, Schema> after = byName(newer);
        after.forEach((name, branch) -> {
            if (before.containsKey(name)) {
                type(child(path, name), before.get(name), branch);
            } else {
                add(ChangeKind.ADD_COLUMN, child(path, name), TypeWords.of(branch) + ", a branch of the union");
            }
        });
        before.forEach((name, branch) -> {
            if (!after.containsKey(name)) {
                add(
                        ChangeKind.DROP_COLUMN,
                        child(path, name),
                        "was " + TypeWords.of(branch) + ", a branch of the union");
            }
        });
    }

    private static Map<String, Schema> byName(Schema union) {
        Map<String, Schema> byName = new LinkedHashMap<>();
        Unions.branches(union).forEach(branch -> byName.putIfAbsent(Unions.columnOf(branch), branch));
        return byName;
    }

    private static List<String> without(List<String> symbols, List<String> others) {
        return symbols.stream().filter(symbol -> !others.contains(symbol)).toList();
    }

    private static String described(Schema.Field field) {
        String optional = Unions.nullability(field.schema()) == Nullability.OPTIONAL ? ", optional" : "";
        String value = field.hasDefaultValue() ? ", default " + DefaultWords.of(field) : ", no default";
        return TypeWords.of(field.schema()) + optional + value;
    }

    private void addIfPresent(Optional<ChangeKind> kind, String path, Schema older, Schema newer) {
        kind.ifPresent(found -> add(found, path, TypeWords.of(older) + " -> " + TypeWords.of(newer)));
    }

    private void add(ChangeKind kind, String path, String detail) {
        changes.add(new SchemaChange(kind, path, detail));
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
