package dev.firn.cli.outlook;

import dev.firn.cli.schema.NoSchema;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.json.JsonColumns;
import dev.firn.schema.json.NotJsonSchema;
import dev.firn.schema.protobuf.NotProtobuf;
import dev.firn.schema.protobuf.ProtobufColumns;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.SchemaDocument;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A schema that is not registered yet.
 *
 * @param name of its file
 */
public record SupposedSchema(String name, String text, SchemaType type) {

    /** @param format of the streams that it is for */
    public static SupposedSchema read(Path file, FormatOptions format) throws NoSchema {
        if (!Files.isRegularFile(file)) {
            throw new NoSchema("there is no file `" + file + "`");
        }
        try {
            SupposedSchema read = new SupposedSchema(
                    file.toString(), SchemaDocument.file(file).text(), format.schemaType());
            read.requireValid(format);
            return read;
        } catch (NotReadable unreadable) {
            throw new NoSchema("`" + file + "` is no schema: " + unreadable.getMessage());
        }
    }

    private void requireValid(FormatOptions format) throws NoSchema {
        try {
            switch (type) {
                case AVRO -> AvroSchemas.parse(text);
                case JSON -> JsonColumns.of(text, format.jsonRules());
                case PROTOBUF -> ProtobufColumns.of(text, format.rules());
            }
        } catch (AvroSchemas.NotAvro wrong) {
            throw new NoSchema("`" + name + "` is not valid Avro: " + wrong.getMessage());
        } catch (NotJsonSchema wrong) {
            throw new NoSchema("`" + name + "` is no JSON Schema: " + wrong.getMessage());
        } catch (NotProtobuf wrong) {
            throw new NoSchema("`" + name + "` is no Protobuf that can be read here: " + wrong.getMessage());
        }
    }

    /** As schemas are kept in memory. */
    String definition() {
        return new RegistryAnswer.Found(text, type).definition();
    }

    /** Whether a registry would answer that it has this one already. */
    boolean isThat(RegistryAnswer answer) {
        return answer instanceof RegistryAnswer.Found found
                && found.type() == type
                && written(found.schema()).equals(written(text));
    }

    /** Without what the text alone makes different. */
    private String written(String schema) {
        if (type == SchemaType.AVRO) {
            try {
                return AvroSchemas.parse(schema).toString();
            } catch (AvroSchemas.NotAvro e) {
                return schema;
            }
        }
        return schema.strip();
    }
}
