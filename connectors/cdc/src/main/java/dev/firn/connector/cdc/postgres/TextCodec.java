package dev.firn.connector.cdc.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;

/**
 * From the text of a value, as its type writes it in our sessions, to Avro's bytes. A text is read as a whole before anything is written.
 *
 * @param schema of what is written, never null and no union
 * @param instead written in the place of a key that does not fit; the record says that it doesn't, so nobody takes it for the value
 */
record TextCodec<T>(Schema schema, Reader<T> reader, Writer<T> writer, T instead) {

    /** From UTF-8. */
    @FunctionalInterface
    interface Reader<T> {
        T read(byte[] text) throws Unfit;
    }

    @FunctionalInterface
    interface Writer<T> {
        void write(T value, BinaryEncoder out) throws IOException;
    }

    /** Of texts of ASCII. */
    static <T> TextCodec<T> of(Schema schema, FromString<T> from, Writer<T> writer, T instead) {
        return new TextCodec<>(
                schema,
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    try {
                        return from.read(text);
                    } catch (NumberFormatException e) {
                        throw new Unfit(
                                text,
                                "which is no number of type `"
                                        + schema.getType().getName() + "`");
                    }
                },
                writer,
                instead);
    }

    @FunctionalInterface
    interface FromString<T> {
        T read(String text) throws Unfit;
    }

    /** A text and how it is written, once it is known that it fits. */
    record Fitting<T>(TextCodec<T> codec, T value) {
        void write(BinaryEncoder out) throws IOException {
            codec.writer.write(value, out);
        }
    }

    Fitting<T> fitting(byte[] text) throws Unfit {
        return new Fitting<>(this, reader.read(text));
    }

    Fitting<T> insteadOfUnfit() {
        return new Fitting<>(this, instead);
    }
}
