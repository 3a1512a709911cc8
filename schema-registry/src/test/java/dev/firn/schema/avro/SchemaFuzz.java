package dev.firn.schema.avro;

import dev.firn.schema.binding.Unmappable;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * A target of the fuzzer: any text that a registry may have. It is no Avro, or it is a table, or there are complaints; and of a
 * table there is a decoder, which takes any bytes. Each place that is complained of is tried as a text of JSON.
 */
public final class SchemaFuzz {

    private static final byte[] ZEROS = new byte[200];

    private SchemaFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Schema schema;
        try {
            schema = AvroSchemas.parse(new String(input, StandardCharsets.UTF_8));
        } catch (AvroSchemas.NotAvro notAvro) {
            require(!String.valueOf(notAvro.getMessage()).isEmpty(), "no reason");
            return;
        }
        AvroColumns columns = AvroColumns.of(schema, AvroRules.STRICT);
        require(columns.table().isPresent() == columns.unmappable().isEmpty(), "a table and complaints, or neither");
        decode(schema, AvroRules.STRICT);
        decode(
                schema,
                new AvroRules(
                        Nanoseconds.TRUNCATE,
                        columns.unmappable().stream()
                                .map(Unmappable::path)
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static void decode(Schema schema, AvroRules rules) {
        Optional<TableSchema> table = AvroColumns.of(schema, rules).table();
        if (table.isEmpty()) {
            return;
        }
        RowDecoder decoder;
        try {
            decoder = AvroDecoder.compile(schema, new AvroReading(schema, rules), table.get(), Row.FACTORY);
        } catch (Rejected rejected) {
            throw new AssertionError("a schema does not fit its own table", rejected);
        }
        for (byte[] value : List.of(new byte[0], ZEROS, AvroBytes.framed(2, 2, 2, 2, 2, 2, 2, 2, 0))) {
            try {
                decoder.decode(AvroBytes.raw(value));
            } catch (Rejected expected) {
                // Of such bytes few schemas have records.
            }
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
