package dev.firn.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Option;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.bind.Share;
import dev.firn.definition.bind.Spans;
import dev.firn.definition.bind.Word;
import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Text;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An options record as JSON: the words of the file, references kept, secrets masked. */
final class OptionsJson {

    /** What the JSON is for. */
    enum Purpose {
        /** Read by people and programs. */
        SHOWN,
        /** Hashed: a reference that points elsewhere in another environment does not change the plan. */
        HASHED
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Purpose purpose;

    OptionsJson(Purpose purpose) {
        this.purpose = purpose;
    }

    ObjectNode of(Record options) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            Object value = read(component, options);
            Word word = component.getAnnotation(Word.class);
            String name = word == null ? kebab(component.getName()) : word.value();
            JsonNode node = component.isAnnotationPresent(Secret.class) ? secret(value) : value(name, value);
            if (node != null) {
                object.set(name, node);
            }
        }
        return object;
    }

    /** Foreign settings, sorted by key. */
    ObjectNode settings(Map<String, Text> settings) {
        ObjectNode object = JSON.objectNode();
        new TreeMap<>(settings).forEach((key, text) -> object.set(key, text(key, text.raw())));
        return object;
    }

    private @Nullable JsonNode value(String name, @Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? value(name, optional.get()) : null;
        }
        if (value instanceof Text text) {
            return text(name, text.raw());
        }
        if (value instanceof ByteSize || value instanceof Share) {
            return new TextNode(value.toString());
        }
        if (value instanceof Record record) {
            return of(record);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            for (Object item : list) {
                array.add(value(name, item));
            }
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            new TreeMap<>(map)
                    .forEach((key, item) -> object.set(String.valueOf(key), value(String.valueOf(key), item)));
            return object;
        }
        if (value instanceof Enum<?> constant) {
            return new TextNode(Option.word(constant));
        }
        if (value instanceof Duration duration) {
            return new TextNode(duration(duration));
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        return text(name, String.valueOf(value));
    }

    private @Nullable JsonNode secret(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? secret(optional.get()) : null;
        }
        return shown(value instanceof Text text ? Masking.masked(text.raw()) : Masking.MASK);
    }

    /** A foreign setting, whose name tells whether it is a secret. */
    TextNode text(String name, String raw) {
        return shown(ShownText.of(name, raw));
    }

    private TextNode shown(String text) {
        return new TextNode(purpose == Purpose.HASHED ? ShownText.withoutReferences(text) : text);
    }

    /** The shortest spelling that the file would take. */
    static String duration(Duration duration) {
        return Spans.text(duration);
    }

    private static @Nullable Object read(RecordComponent component, Record options) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("our bug: an options record must be public: " + options.getClass(), e);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
