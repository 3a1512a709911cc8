package dev.firn.schema.avro;

import dev.firn.spi.format.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** What stands in a column where the writer's schema lacks the field and the reader's has a default. */
final class Defaults {

    private Defaults() {}

    /**
     * A reader that takes nothing from the payload; nothing for the default null, for one that is not of its field's type, as
     * old schemas in registries have, and for one that the column does not take.
     *
     * @param reader of values of that field as the reader's schema has it
     */
    static Optional<ValueReader> of(Schema.Field field, ValueReader reader) {
        return encoded(field).flatMap(bytes -> {
            try {
                reader.read(new Payload(bytes, 0));
            } catch (Rejected unfit) {
                return Optional.empty();
            }
            // Read anew for each row: buffers, lists and structs must not be shared.
            return Optional.of(payload -> reader.read(new Payload(bytes, 0)));
        });
    }

    private static Optional<byte[]> encoded(Schema.Field field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            @Nullable Object value = GenericData.get().getDefaultValue(checked(field));
            if (value == null) {
                return Optional.empty();
            }
            new GenericDatumWriter<>(field.schema()).write(value, encoder);
            encoder.flush();
        } catch (AvroRuntimeException notOfItsType) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("our bug: an array takes all bytes", e);
        }
        return Optional.of(out.toByteArray());
    }

    /** The parser was told not to look, so that a bad default does not make the whole schema unreadable. */
    private static Schema.Field checked(Schema.Field field) {
        return new Schema.Field(field.name(), field.schema(), null, field.defaultVal());
    }
}
