package dev.firn.schema.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import dev.firn.schema.binding.Absence;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a value of whatever shape, one that contains itself too, as a text of JSON. */
final class JsonReader implements ValueReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            // The payload bounds the depth itself, and says it.
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String path;
    private final Absence absence;
    private final int nullIndex;
    private final JsonWriters.JsonWriter[] branches;

    /** @param absence what follows where the schema allows null and it is there */
    JsonReader(String path, Schema writer, Absence absence) {
        this.path = path;
        this.absence = absence;
        this.nullIndex = Unions.nullIndex(writer);
        JsonWriters writers = new JsonWriters();
        this.branches = writer.isUnion()
                ? writer.getTypes().stream()
                        .map(branch -> writers.of(path, branch))
                        .toArray(JsonWriters.JsonWriter[]::new)
                : new JsonWriters.JsonWriter[] {writers.of(path, writer)};
    }

    @Override
    public @Nullable Object read(Payload payload) throws Rejected {
        int index = branches.length == 1 && nullIndex < 0 ? 0 : UnionReader.readIndex(payload, branches.length, path);
        return index == nullIndex ? absence.value(path) : text(branches[index], payload);
    }

    private String text(JsonWriters.JsonWriter writer, Payload payload) throws Rejected {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writer.write(payload, json);
        } catch (IOException | UncheckedIOException e) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` can't be written as JSON: " + e.getMessage());
        }
        return text.toString();
    }
}
