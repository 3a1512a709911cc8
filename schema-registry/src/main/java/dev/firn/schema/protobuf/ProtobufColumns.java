package dev.firn.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;

/** The columns of the first message of a {@code .proto} file. */
public final class ProtobufColumns {

    private ProtobufColumns() {}

    /** @throws NotProtobuf if the text can't be read, or has no message */
    public static AvroColumns of(String definition, AvroRules rules) throws NotProtobuf {
        Descriptor message =
                ProtobufFile.parse(definition).first().orElseThrow(() -> new NotProtobuf("it has no message"));
        return AvroColumns.of(ProtobufSchemas.of(message), rules);
    }
}
