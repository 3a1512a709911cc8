package dev.firn.schema.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON in lines that people read and compare, with every digit of its numbers and every name in its place. */
public final class PrettyJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private PrettyJson() {}

    /** A text in such lines; one in another language as it is. */
    public static String of(String text) {
        try {
            return write(read(text));
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Indented, with a line feed at the end. */
    public static String write(JsonNode tree) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        ObjectWriter writer = MAPPER.writer(printer);
        try {
            String text = writer.writeValueAsString(tree) + "\n";
            // Half a character, which JSON can hold, can't be written to a file but as an escape.
            return text.chars().anyMatch(character -> Character.isSurrogate((char) character))
                    ? writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(tree) + "\n"
                    : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: a tree could not be written as JSON", e);
        }
    }
}
