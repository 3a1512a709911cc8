package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.firn.schema.binding.Excerpt;
import dev.firn.schema.binding.Utf8;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The tokens of one value. Every method that may find what is no JSON is told the path that it reads, for its complaint. */
final class JsonInput implements AutoCloseable {

    /** As deep as an Avro record may be. */
    private static final int DEEPEST = 500;

    private static final JsonFactory JSON = JsonFactory.builder()
            // JSON between systems is UTF-8; what begins with zeros is not to be taken for UTF-16.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // A name is as long as its producer likes, and need not be kept for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    // All of it is in memory already.
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] bytes;
    private final int start;
    private final JsonParser parser;

    private JsonInput(byte[] bytes, int start, JsonParser parser) {
        this.bytes = bytes;
        this.start = start;
        this.parser = parser;
    }

    /** @param start where the JSON does */
    static JsonInput of(byte[] bytes, int start) throws Rejected {
        Utf8.require(bytes, start, bytes.length - start, "value");
        try {
            return new JsonInput(bytes, start, JSON.createParser(bytes, start, bytes.length - start));
        } catch (IOException e) {
            throw new IllegalStateException("our bug: bytes in memory can't be read", e);
        }
    }

    /** The first token of the value, which has to be that of an object. */
    void begin() throws Rejected {
        JsonToken first = next("");
        if (first == JsonToken.NOT_AVAILABLE) {
            throw new Rejected(RejectCode.TRUNCATED_PAYLOAD, "the value is empty, which is no JSON");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new Rejected(RejectCode.INVALID_VALUE, "the value is " + kind() + ", and only an object has columns");
        }
    }

    /** Nothing but space may be behind the object. */
    void end() throws Rejected {
        long end = offset();
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (IOException more) {
            // Whatever it is, it is more.
        }
        throw new Rejected(
                RejectCode.TRAILING_BYTES,
                "the object ends after " + end + " bytes of a value of " + (bytes.length - start));
    }

    /** Goes on to the next token, the end of all being {@link JsonToken#NOT_AVAILABLE}. */
    JsonToken next(String path) throws Rejected {
        try {
            JsonToken token = parser.nextToken();
            return token == null ? JsonToken.NOT_AVAILABLE : token;
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** The token that stands now. */
    JsonToken token() {
        return parser.currentToken();
    }

    /** The name of the field that stands now. */
    String name(String path) throws Rejected {
        try {
            return whole(parser.currentName(), path);
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** The text that stands now, of a string or of a number. */
    String text(String path) throws Rejected {
        try {
            return whole(parser.getText(), path);
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** The integer that stands now; only if {@link #isLong} says so. */
    long number(String path) throws Rejected {
        try {
            return parser.getLongValue();
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** Whether the integer that stands now has 64 bits at most. */
    boolean isLong(String path) throws Rejected {
        try {
            return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** Goes to the end of what begins here. */
    void skip(String path) throws Rejected {
        try {
            parser.skipChildren();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                parser.finishToken();
            }
        } catch (IOException e) {
            throw rejected(e, path);
        }
    }

    /** The same, and answers it as it was written. */
    String written(String path) throws Rejected {
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        skip(path);
        int to = start + (int) parser.currentLocation().getByteOffset();
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** That what stands now is none of what its schema says. */
    Rejected mismatch(String path, JsonType type) throws Rejected {
        return mismatch(path, type.word());
    }

    /** The same, of a type of whatever schema. */
    Rejected mismatch(String path, String type) throws Rejected {
        String value = parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL
                ? " `" + Excerpt.of(text(path)) + "`"
                : "";
        return invalid(path, "is " + kind() + value + ", and its schema says `" + type + "`");
    }

    static Rejected invalid(String path, String what) {
        return new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` " + what);
    }

    private String kind() {
        return switch (parser.currentToken()) {
            case START_ARRAY, END_ARRAY -> "an array";
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case VALUE_STRING -> "the text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number";
            case VALUE_TRUE, VALUE_FALSE -> "the boolean";
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "null";
        };
    }

    private long offset() {
        return parser.currentLocation().getByteOffset();
    }

    /** Half a pair of surrogates can be escaped, and no UTF-8 can hold it: what writes it would put a question mark there. */
    private static String whole(String text, String path) throws Rejected {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new Rejected(
                            RejectCode.BAD_UTF8,
                            String.format(
                                    Locale.ROOT,
                                    "`%s` has half a pair of surrogates, `\\u%04x`, which is no character",
                                    path,
                                    (int) text.charAt(i)));
                }
            }
        }
        return text;
    }

    private Rejected rejected(IOException e, String path) {
        String in = path.isEmpty() ? "" : ", in `" + path + "`";
        if (e instanceof JsonEOFException) {
            return new Rejected(
                    RejectCode.TRUNCATED_PAYLOAD,
                    "the value ends after " + (bytes.length - start) + " bytes, before its JSON does" + in);
        }
        if (e instanceof StreamConstraintsException tooMuch) {
            return new Rejected(
                    RejectCode.INVALID_VALUE,
                    tooMuch.getOriginalMessage().contains("nesting depth")
                            ? "the value is nested more than " + DEEPEST + " deep" + in
                            : "the value has a number of more than " + StreamReadConstraints.DEFAULT_MAX_NUM_LEN
                                    + " characters" + in);
        }
        long at = e instanceof JsonProcessingException broken && broken.getLocation() != null
                ? broken.getLocation().getByteOffset()
                : offset();
        return new Rejected(RejectCode.NOT_JSON, "the value is no JSON: it breaks at byte " + at + in);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: bytes in memory can't be closed", e);
        }
    }
}
