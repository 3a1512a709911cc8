package dev.firn.schema.infer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.firn.schema.binding.Excerpt;
import java.io.IOException;

/** Reads objects one after another, with whatever space between them, or the items of arrays of objects. */
final class JsonRecords {

    /** As deep as types of a JSON Schema may be; a record in a record is four levels of an Avro schema's text. */
    private static final int DEEPEST = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Names may be data, as many as there are records, and none of them is kept.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final DataFile file;
    private final Records records;
    private final JsonParser parser;

    private JsonRecords(DataFile file, Records records, JsonParser parser) {
        this.file = file;
        this.records = records;
        this.parser = parser;
    }

    static void read(DataFile file, Records records) throws NotInferable {
        try (JsonParser parser = JSON.createParser(file.text())) {
            new JsonRecords(file, records, parser).all();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private void all() throws NotInferable, IOException {
        boolean inArray = false;
        try {
            while (!records.isEnough()) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return;
                }
                if (token == JsonToken.END_ARRAY) {
                    inArray = false;
                } else if (token == JsonToken.START_ARRAY && !inArray) {
                    inArray = true;
                } else if (token == JsonToken.START_OBJECT) {
                    object(records.fields());
                } else {
                    throw broken("a record is an object, and here is " + kind(token));
                }
            }
        } catch (StreamConstraintsException e) {
            throw broken(limit(e));
        } catch (JsonProcessingException e) {
            if (e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
                throw file.broken(lineOf(e), "the file ends in the middle of " + (inArray ? "an array" : "a record"));
            }
            throw file.broken(lineOf(e), "this is not JSON: " + Excerpt.of(e.getOriginalMessage()));
        }
    }

    private long lineOf(JsonProcessingException e) {
        return e.getLocation() == null ? line() : e.getLocation().getLineNr();
    }

    private static String limit(StreamConstraintsException e) {
        String message = e.getOriginalMessage();
        if (message.contains("nesting depth")) {
            return "values are nested more than " + DEEPEST + " deep";
        }
        return message.contains("Number value")
                ? "a number has more than " + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " characters"
                : "a text or a name is longer than any that is read: " + message;
    }

    private void object(Members members) throws NotInferable, IOException {
        members.begin();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Place place = place(members, name);
            parser.nextToken();
            value(place);
        }
        members.end();
    }

    private Place place(Members members, String name) throws NotInferable {
        try {
            return members.place(name);
        } catch (Members.TwiceThere e) {
            throw broken("`" + Excerpt.of(name) + "` stands twice in one object");
        } catch (Members.TooManyPlaces e) {
            throw broken("up to here there are more fields than anybody could make columns of; if their names are data,"
                    + " put them into a field of their own");
        }
    }

    private void value(Place place) throws NotInferable, IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(place.addObject(records.budget(), this::witness));
            case START_ARRAY -> array(place);
            case VALUE_STRING -> add(place, Texts.text(parser.getText()));
            case VALUE_NUMBER_INT -> add(place, Scalar.whole(parser.getText()));
            case VALUE_NUMBER_FLOAT -> add(place, Scalar.fraction(parser.getText()));
            case VALUE_TRUE -> add(place, Scalar.TRUE);
            case VALUE_FALSE -> add(place, Scalar.FALSE);
            case VALUE_NULL -> place.addNull();
            case END_ARRAY,
                    END_OBJECT,
                    FIELD_NAME,
                    NOT_AVAILABLE,
                    VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("our bug: no value at " + witness());
        }
    }

    private void add(Place place, Scalar scalar) throws IOException {
        place.add(scalar, parser.getTextLength(), this::witness);
    }

    private void array(Place place) throws NotInferable, IOException {
        Witness begin = witness();
        Place items = place.items();
        long size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            size++;
            value(items);
        }
        place.addArray(size, () -> begin);
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array in an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case END_ARRAY,
                    END_OBJECT,
                    START_OBJECT,
                    FIELD_NAME,
                    NOT_AVAILABLE,
                    VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    private NotInferable broken(String what) {
        return file.broken(line(), what);
    }

    private Witness witness() {
        return file.witness(line());
    }

    private long line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
