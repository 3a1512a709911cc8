package dev.firn.spi.evolution;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The name of a writer's schema in the properties of tables: the first eight bytes of a SHA-256. Tables keep it for years, so what it
 * is made of never changes: another byte here, and every table takes every schema for one that it has not seen.
 *
 * <pre>
 *   schema     columns, former names, symbols
 *   columns    how many, then of each its name, R or O for its nullability, its type; in the schema's order
 *   type       a word; behind "decimal" precision and scale, "fixed" a length, "struct" columns,
 *              "list" and "map" R or O and the type of what is inside
 *   former names, symbols   how many paths, then each with how many texts and those, by paths
 *   a text     its length in bytes, then those in UTF-8; every number has four bytes, the highest first
 * </pre>
 *
 * <p>Docs, namespaces, defaults, ids and where the schema is registered are not in it: rows are the same with others.
 */
final class SchemaFingerprint {

    private static final int BYTES = 8;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private SchemaFingerprint() {}

    /** 16 hex digits. */
    static String of(
            TableSchema columns, SortedMap<String, List<String>> formerNames, SortedMap<String, List<String>> symbols) {
        SchemaFingerprint fingerprint = new SchemaFingerprint();
        try {
            fingerprint.columns(columns.columns());
            fingerprint.texts(formerNames);
            fingerprint.texts(symbols);
        } catch (IOException e) {
            throw new UncheckedIOException("our bug: bytes in memory can't be written", e);
        }
        return HexFormat.of().formatHex(sha256(fingerprint.bytes.toByteArray()), 0, BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("our bug: every Java has SHA-256", e);
        }
    }

    private void columns(List<Column> columns) throws IOException {
        out.writeInt(columns.size());
        for (Column column : columns) {
            text(column.name());
            nullability(column.nullability());
            type(column.type());
        }
    }

    private void nullability(Nullability nullability) throws IOException {
        out.writeByte(nullability == Nullability.REQUIRED ? 'R' : 'O');
    }

    private void type(ColumnType type) throws IOException {
        if (type instanceof ColumnType.Primitive primitive) {
            text(primitive.name().toLowerCase(Locale.ROOT));
        } else if (type instanceof ColumnType.Decimal decimal) {
            text("decimal");
            out.writeInt(decimal.precision());
            out.writeInt(decimal.scale());
        } else if (type instanceof ColumnType.Fixed fixed) {
            text("fixed");
            out.writeInt(fixed.length());
        } else if (type instanceof ColumnType.Struct struct) {
            text("struct");
            columns(struct.columns());
        } else if (type instanceof ColumnType.ListOf list) {
            text("list");
            nullability(list.elements());
            type(list.element());
        } else if (type instanceof ColumnType.MapOf map) {
            text("map");
            nullability(map.values());
            type(map.value());
        } else {
            throw new IllegalStateException("our bug: a type without a fingerprint: " + type);
        }
    }

    private void texts(SortedMap<String, List<String>> byPath) throws IOException {
        out.writeInt(byPath.size());
        for (var entry : byPath.entrySet()) {
            text(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (String text : entry.getValue()) {
                text(text);
            }
        }
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
