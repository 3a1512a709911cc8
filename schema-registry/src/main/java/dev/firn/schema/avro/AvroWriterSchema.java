package dev.firn.schema.avro;

import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.evolution.WriterSchema;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * What an Avro schema says of its columns besides their types: what they were called before, the symbols of enums, which have one
 * of several types, and which have a default.
 */
public final class AvroWriterSchema {

    private final AvroRules rules;
    private final SortedMap<String, List<String>> formerNames = new TreeMap<>();
    private final SortedMap<String, List<String>> symbols = new TreeMap<>();
    private final SortedSet<String> choices = new TreeSet<>();
    private final SortedSet<String> defaults = new TreeSet<>();

    private AvroWriterSchema(AvroRules rules) {
        this.rules = rules;
    }

    /** Empty if there are no columns for it. */
    public static Optional<WriterSchema> of(Schema schema, AvroRules rules) {
        return AvroColumns.of(schema, rules).table().map(table -> {
            AvroWriterSchema walk = new AvroWriterSchema(rules);
            walk.fields("", schema);
            return WriterSchema.of(table, walk.formerNames, walk.symbols).with(walk.choices, walk.defaults);
        });
    }

    private void fields(String path, Schema record) {
        for (Schema.Field field : record.getFields()) {
            String fieldPath = FieldPath.child(path, field.name());
            formerly(fieldPath, field.name(), field.aliases());
            if (field.hasDefaultValue() && field.defaultVal() != JsonProperties.NULL_VALUE) {
                defaults.add(fieldPath);
            }
            value(fieldPath, field.schema());
        }
    }

    /** What becomes a text of JSON has no columns inside. */
    private void value(String path, Schema schema) {
        if (rules.isJson(path)) {
            return;
        }
        Schema present = Unions.withoutNull(schema);
        switch (present.getType()) {
            case RECORD -> fields(path, present);
            case ARRAY -> value(path + "[]", present.getElementType());
            case MAP -> value(path + "{}", present.getValueType());
            case UNION -> branches(path, present);
            case ENUM -> symbols.put(path, present.getEnumSymbols());
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // Nothing more to say.
            }
        }
    }

    /** A branch is called like its type, and was called as that was. */
    private void branches(String path, Schema union) {
        choices.add(path);
        for (Schema branch : Unions.branches(union)) {
            String name = Unions.columnOf(branch);
            String branchPath = FieldPath.child(path, name);
            switch (branch.getType()) {
                case RECORD, ENUM, FIXED -> formerly(
                        branchPath,
                        name,
                        branch.getAliases().stream()
                                .map(AvroWriterSchema::withoutNamespace)
                                .toList());
                default -> {
                    // Named by Avro.
                }
            }
            value(branchPath, branch);
        }
    }

    private static String withoutNamespace(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void formerly(String path, String name, Collection<String> aliases) {
        // Avro knows no order of them, and the fingerprint needs one.
        List<String> former = aliases.stream()
                .filter(alias -> !alias.equals(name))
                .distinct()
                .sorted()
                .toList();
        if (!former.isEmpty()) {
            formerNames.put(path, former);
        }
    }
}
