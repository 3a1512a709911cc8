package dev.firn.schema.json;

import dev.firn.schema.binding.Misfits;
import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decoders of the records of one JSON Schema. Each is a tree of small readers over a parser's tokens, as for Avro:
 *
 * <pre>
 *   JSON Schema --SchemaWalk--> JsonType + table schema --JsonBinding--> ObjectReader
 *                                                                          |- reader of a field -> its column's place
 *                                                                          `- ...
 *   bytes --JsonInput--> tokens --> values --StructFactory--> row
 * </pre>
 *
 * @param start where in a value the JSON does
 */
record JsonSchemas(JsonType.Fields schema, JsonRules rules, int start) implements RecordDecoders {

    /** @param named what a message calls the schema */
    static JsonSchemas of(String named, String definition, JsonRules rules, int start) throws Rejected {
        JsonColumns columns;
        try {
            columns = JsonColumns.of(definition, rules);
        } catch (NotJsonSchema e) {
            throw new Rejected(RejectCode.UNMAPPABLE_SCHEMA, named + " is no JSON Schema: " + e.getMessage());
        }
        Optional<JsonType.Fields> record = columns.record();
        if (record.isEmpty()) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA,
                    Misfits.joined(columns.unmappable().stream()
                            .map(Unmappable::sentence)
                            .toList()));
        }
        return new JsonSchemas(record.get(), rules, start);
    }

    /** The whole of a record, into a table. */
    @Override
    public RowDecoder decoder(TableSchema table, StructFactory structs) throws Rejected {
        return decoder(new WriterView(table, Set.of()), structs);
    }

    @Override
    public RowDecoder decoder(WriterView view, StructFactory structs) throws Rejected {
        JsonValueReader row = JsonBinding.of(schema, rules, view, structs);
        return record -> {
            try (JsonInput input = input(record)) {
                input.begin();
                Object decoded = row.read(input);
                input.end();
                return Objects.requireNonNull(decoded, "our bug: a record was decoded into nothing");
            }
        };
    }

    /** Some columns; whether the rest is sound is for the decoder of the whole to say. */
    @Override
    public RowDecoder projection(TableSchema columns, StructFactory structs) throws Rejected {
        JsonValueReader some = JsonBinding.projection(schema, rules, columns.asStruct(), structs);
        return record -> {
            try (JsonInput input = input(record)) {
                input.begin();
                return Objects.requireNonNull(some.read(input), "our bug: a record was decoded into nothing");
            }
        };
    }

    @Override
    public RowDecoder projection(WriterView some, StructFactory structs) throws Rejected {
        return projection(some.columns(), structs);
    }

    /** JSON Schema has no word for what a field was called before. */
    @Override
    public WriterSchema asWritten() {
        return WriterSchema.of(new TableSchema(schema.column().columns()), new TreeMap<>(), new TreeMap<>());
    }

    @Override
    public ColumnReader column(String name) throws Rejected {
        Optional<JsonType.Field> field =
                schema.fields().stream().filter(any -> any.name().equals(name)).findFirst();
        if (field.isEmpty()) {
            return record -> null;
        }
        Column column = Column.optional(name, field.get().type().column());
        RowDecoder only = projection(new TableSchema(List.of(column)), struct -> values -> values);
        return record -> ((@Nullable Object[]) only.decode(record))[0];
    }

    private JsonInput input(RawRecord record) throws Rejected {
        byte[] value = record.value();
        if (value == null || value.length < start) {
            throw new IllegalStateException("our bug: a value is decoded that has no frame, or is none");
        }
        return JsonInput.of(value, start);
    }
}
