package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writers' schemas in a line: {@code id long, b<a string?, state {NEW OPEN}, lines [(sku string, n int)], labels map string?}. Here
 * {@code b<a} was called {@code a} before, {@code ?} may be null, brackets are a list, round ones a struct, {@code one(...)} is
 * one of several types, and {@code =} says that there is a default.
 */
final class Schemas {

    private final String text;
    private final TreeMap<String, List<String>> formerNames = new TreeMap<>();
    private final TreeMap<String, List<String>> symbols = new TreeMap<>();
    private final TreeSet<String> choices = new TreeSet<>();
    private final TreeSet<String> defaults = new TreeSet<>();
    private int at;

    private Schemas(String text) {
        this.text = text;
    }

    static WriterSchema schema(String text) {
        Schemas reading = new Schemas(text);
        List<Column> columns = reading.columns("");
        return new WriterSchema(
                text,
                new TableSchema(columns),
                reading.formerNames,
                reading.symbols,
                reading.choices,
                reading.defaults,
                new TreeSet<>());
    }

    /** The same, of rows that the file gives a column more. */
    static WriterSchema tagged(WriterSchema schema) {
        List<Column> columns = new ArrayList<>(schema.columns().columns());
        columns.add(Column.optional("tag", new ColumnType.ListOf(ColumnType.Primitive.STRING, Nullability.REQUIRED)));
        return new WriterSchema(
                schema.fingerprint(),
                new TableSchema(columns),
                schema.formerNames(),
                schema.symbols(),
                schema.choices(),
                schema.defaults(),
                new TreeSet<>(List.of("tag")));
    }

    static SchemaLineage tagged(SchemaLineage lineage) {
        return new SchemaLineage(
                lineage.versions().stream().map(Schemas::tagged).toList(), lineage.own());
    }

    /** The version of a number, from 1, among all of them. */
    static SchemaLineage version(int number, String... versions) {
        return new SchemaLineage(List.of(versions).stream().map(Schemas::schema).toList(), number - 1);
    }

    private List<Column> columns(String path) {
        List<Column> columns = new ArrayList<>();
        do {
            columns.add(column(path));
        } while (skips(","));
        return columns;
    }

    private Column column(String parent) {
        String name = word();
        String path = parent.isEmpty() ? name : parent + "." + name;
        while (skips("<")) {
            formerNames.computeIfAbsent(path, missing -> new ArrayList<>()).add(word());
        }
        Column column = new Column(name, type(path), nullability());
        if (skips("=")) {
            defaults.add(path);
        }
        return column;
    }

    private Nullability nullability() {
        return skips("?") ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }

    private ColumnType type(String path) {
        if (skips("one")) {
            choices.add(path);
        }
        if (skips("(")) {
            ColumnType struct = new ColumnType.Struct(columns(path));
            expect(")");
            return struct;
        }
        if (skips("[")) {
            ColumnType element = type(path + "[]");
            ColumnType list = new ColumnType.ListOf(element, nullability());
            expect("]");
            return list;
        }
        if (skips("map")) {
            ColumnType value = type(path + "{}");
            return new ColumnType.MapOf(value, nullability());
        }
        if (skips("{")) {
            List<String> names = new ArrayList<>();
            while (!skips("}")) {
                names.add(word());
            }
            symbols.put(path, names);
            return ColumnType.Primitive.STRING;
        }
        String word = word();
        return word.startsWith("decimal")
                ? new ColumnType.Decimal(Integer.parseInt(word.substring("decimal".length())), 2)
                : ColumnType.Primitive.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private String word() {
        skipBlanks();
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw new IllegalArgumentException("a word is missing at " + at + " of: " + text);
        }
        return text.substring(from, at);
    }

    private boolean skips(String token) {
        skipBlanks();
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) {
        if (!skips(token)) {
            throw new IllegalArgumentException("`" + token + "` is missing at " + at + " of: " + text);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
