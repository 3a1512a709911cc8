package dev.firn.connector.kafka;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.FormatType;
import dev.firn.schema.row.KeyFormat;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.spi.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Columns that stand beside those of a value have names of their own. */
public final class ColumnRules {

    private ColumnRules() {}

    /**
     * A column beside those of the value.
     *
     * @param from the word of the file that it is made by
     */
    public record Beside(String from, SourceSpan span, Column column) {}

    /** Those that the file alone says: of metadata, and of a key that is a single value. */
    public static List<Beside> said(Bound<?> source, KafkaOptions options) {
        List<Beside> said = new ArrayList<>();
        options.key()
                .filter(key -> key.hasColumns() && key.type() != KeyType.AVRO)
                .ifPresent(key -> said.add(new Beside(
                        "key", source.span("key"), new KeyFormat.Single(key.type(), key.column()).optional())));
        for (MetadataOptions.Named named : options.metadataColumns().named()) {
            said.add(new Beside(
                    named.option(),
                    source.span("metadata", named.option()),
                    named.metadata().column()));
        }
        return said;
    }

    /** Those of an Avro key. */
    public static List<Beside> ofKey(Bound<?> source, Map<String, Column> fields) {
        return fields.entrySet().stream()
                .map(field -> new Beside(
                        "key",
                        source.span("key"),
                        Column.optional(field.getKey(), field.getValue().type())))
                .toList();
    }

    private static void requireFrame(Bound<?> source, KafkaOptions options, Diagnostics diagnostics) {
        if (!options.format().isFramed() && options.metadataColumns().schemaId().isPresent()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("metadata", "schema-id"),
                            "option `schema-id` is of no use with a `format` whose values name no schema")
                    .fixedBy("remove it"));
        }
    }

    /** A key is read for its columns or for what it deletes, and nothing else says what it is. */
    private static void requireUse(Bound<?> source, KafkaOptions options, Diagnostics diagnostics) {
        boolean changes = options.format().type().isOfChanges();
        // Nothing can be said yet of keys that are JSON.
        boolean sayable = options.format().type() != FormatType.DEBEZIUM_JSON;
        if (options.deletes() && options.key().isEmpty() && sayable) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION,
                            changes ? source.spanOf("format", "type") : source.span("tombstones"),
                            "option `key` is missing, which says what the keys of records "
                                    + (changes ? "that delete rows are" : "without a value are"))
                    .fixedBy("add `key: {type: avro, columns: none}`, for example"));
        }
        if (changes
                && sayable
                && options.key().filter(key -> key.type() != KeyType.AVRO).isPresent()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.INVALID_VALUE,
                            source.spanOf("key", "type"),
                            "the keys of `type: " + options.format().type().word()
                                    + "` are Avro in the Confluent frame, and another type would be no row's `key`")
                    .fixedBy("write `type: avro`"));
        }
        if (changes
                && options.tombstones() != KafkaOptions.Tombstones.DELETE
                && source.node().child("tombstones").isPresent()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("tombstones"),
                            "`tombstones` can't be other than `delete` with `type: "
                                    + options.format().type().word()
                                    + "`: a record without a value says again that the row with its key is deleted")
                    .fixedBy("remove it; a table that is to keep its rows says `deletes: ignore`"));
        }
        if (!options.deletes() && options.key().filter(key -> !key.hasColumns()).isPresent()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("key", "columns"),
                            "`columns: none` leaves the key without a use, for no record deletes a row by it")
                    .fixedBy("add `tombstones: delete`, or remove the `key`"));
        }
    }

    /** Reports those that have no name, or one that another has. */
    static void check(Bound<?> source, KafkaOptions options, Diagnostics diagnostics) {
        requireFrame(source, options, diagnostics);
        requireUse(source, options, diagnostics);
        Map<String, String> taken = new HashMap<>();
        options.key()
                .map(KeyOptions::column)
                .ifPresent(column -> requireName("column", column, source.span("key"), diagnostics));
        for (Beside beside : said(source, options)) {
            String column = beside.column().name();
            if (column.isBlank()) {
                requireName(beside.from(), column, beside.span(), diagnostics);
                continue;
            }
            String other = taken.putIfAbsent(folded(column), beside.from());
            if (other != null) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.COLUMN_NAME_TAKEN,
                                beside.span(),
                                "`" + other + "` and `" + beside.from() + "` go to one column, `" + column + "`")
                        .fixedBy("give one of them a name of its own; case makes no difference"));
            }
        }
    }

    private static void requireName(String word, String column, SourceSpan span, Diagnostics diagnostics) {
        if (column.isBlank()) {
            diagnostics.report(Diagnostic.error(KafkaCode.COLUMN_NAME_TAKEN, span, "`" + word + "` names no column")
                    .fixedBy("write the name of a column, or leave the option out"));
        }
    }

    /** The value's columns and behind them the others; empty if one of those has another's name, which is reported. */
    public static Optional<List<Column>> joined(
            List<Column> value, List<Beside> others, String topic, Diagnostics diagnostics) {
        List<Column> columns = new ArrayList<>(value);
        Map<String, String> taken = new HashMap<>();
        value.forEach(column -> taken.put(folded(column.name()), "the values of topic `" + topic + "` have a field"));
        boolean free = true;
        for (Beside beside : others) {
            String name = beside.column().name();
            String other = taken.putIfAbsent(folded(name), "`" + beside.from() + "` makes a column");
            if (other != null) {
                free = false;
                String wayOut = beside.from().equals("key") ? "a `prefix`, or a `column`," : "a name";
                diagnostics.report(
                        Diagnostic.error(KafkaCode.COLUMN_NAME_TAKEN, beside.span(), other + " `" + name + "` already")
                                .fixedBy("give it " + wayOut + " of its own; case makes no difference"));
            }
            columns.add(beside.column());
        }
        return free ? Optional.of(columns) : Optional.empty();
    }

    /** Catalogs and engines that know no case must not see two columns as one. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
