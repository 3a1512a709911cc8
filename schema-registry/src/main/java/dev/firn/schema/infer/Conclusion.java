package dev.firn.schema.infer;

import dev.firn.schema.binding.FieldPath;
import dev.firn.schema.infer.Kind.Family;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One walk over the places that gives each the type that holds all its values, and notes what is worth a word. */
final class Conclusion {

    private final InferenceRules rules;
    private final List<InferredRow> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Conclusion(InferenceRules rules) {
        this.rules = rules;
    }

    List<InferredRow> rows() {
        return rows;
    }

    List<String> remarks() {
        return remarks;
    }

    /** What is in an object, a row for each place. */
    List<Field> fields(String path, Members members) {
        List<Field> fields = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        members.fields().forEach((name, member) -> {
            String at = FieldPath.child(path, name);
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                remarks.add("`" + FieldPath.child(path, other) + "` and `" + at
                        + "` differ only in case; Avro can tell them apart, and a table of Firn can't");
            }
            Value value = value(at, member.place(), members.objects() - member.count());
            fields.add(value.isOptional() ? Field.optional(name, value.shape()) : Field.required(name, value.shape()));
        });
        return fields;
    }

    /** @param missing how often the place was not even null */
    private Value value(String path, Place place, long missing) {
        int row = rows.size();
        // Rows of what is within come behind; this one is known when they are.
        rows.add(new InferredRow(path, "", 0, 0, ""));
        long absent = missing + place.nulls();
        Value value = place.kinds().isEmpty()
                ? Value.optional(nothing(path, place.nulls()))
                : Value.of(shape(path, place), absent > 0 ? Nullability.OPTIONAL : Nullability.REQUIRED);
        rows.set(
                row,
                new InferredRow(
                        path,
                        TypeWords.of(value.shape()),
                        place.count() + missing,
                        absent,
                        Ranges.of(place, value.shape())));
        return value;
    }

    private Shape nothing(String path, long nulls) {
        remarks.add("`" + path + "` is "
                + (nulls > 0 ? "never anything but null" : "always without anything in it")
                + ", so its type can't be told; an optional string stands for it");
        return Plain.STRING;
    }

    private Shape shape(String path, Place place) {
        Map<Family, Shape> shapes = new EnumMap<>(Family.class);
        Map<Kind, Seen> kinds = place.kinds();
        boolean mixed = kinds.keySet().stream().map(Kind::family).distinct().count() > 1;
        if (mixed && rules.mixtures() == InferenceRules.Mixtures.TEXT) {
            widened(path, kinds, "string");
            return Plain.STRING;
        }
        for (Kind kind : kinds.keySet()) {
            if (!shapes.containsKey(kind.family())) {
                shapes.put(kind.family(), family(path, place, kind.family(), mixed));
            }
        }
        if (!mixed) {
            return shapes.values().iterator().next();
        }
        List<Field> branches = shapes.values().stream()
                .distinct()
                .map(shape -> Field.optional(TypeWords.branch(shape), shape))
                .toList();
        if (branches.size() == 1) {
            return branches.get(0).shape();
        }
        Shape choice = new Shape.OneOf(branches);
        widened(
                path,
                firstOfFamilies(kinds),
                "a union of " + TypeWords.of(choice).replace(" or ", " and "));
        return choice;
    }

    private Shape family(String path, Place place, Family family, boolean mixed) {
        return switch (family) {
            case BOOLEAN -> Plain.BOOLEAN;
            case NUMBER -> numbers(path, place);
            case TEXT -> texts(path, place, mixed);
            case OBJECT -> object(path, place.members().orElseThrow());
            case ARRAY -> new Shape.ListOf(value(path + "[]", place.items(), 0));
        };
    }

    private Shape object(String path, Members members) {
        Optional<Place> values = members.values();
        if (values.isPresent()) {
            remarks.add("the names in `" + path + "` are data: there are more than " + Members.NAMES_OF_A_RECORD
                    + ", and an object has few of them; a map");
            return new Shape.MapOf(Value.required(Plain.STRING), value(path + "{}", values.get(), 0));
        }
        if (members.fields().isEmpty()) {
            remarks.add(
                    "`" + path + "` is never anything but `{}`, so its fields can't be told; a map of optional strings"
                            + " stands for it");
            return new Shape.MapOf(Value.required(Plain.STRING), Value.optional(Plain.STRING));
        }
        return new Shape.Struct(TypeName.NONE, fields(path, members));
    }

    private Shape numbers(String path, Place place) {
        Numbers.Conclusion numbers = Numbers.of(place, rules.fractions());
        numbers.remark().ifPresent(remark -> remarks.add("`" + path + "`: " + remark));
        return numbers.shape();
    }

    /** Beside other types a text is a text: Avro has no choice of two types that are written as one. */
    private Shape texts(String path, Place place, boolean mixed) {
        Map<Kind, Seen> texts = new EnumMap<>(Kind.class);
        place.kinds().forEach((kind, seen) -> {
            if (kind.family() == Family.TEXT) {
                texts.put(kind, seen);
            }
        });
        if (texts.size() > 1) {
            widened(path, texts, "string");
            return Plain.STRING;
        }
        if (texts.containsKey(Kind.NANOSECONDS)) {
            remarks.add("`" + path + "` has times of more than six digits behind the second ("
                    + texts.values().iterator().next().first() + "), which microseconds can't hold; string");
        }
        return mixed ? Plain.STRING : text(texts.keySet().iterator().next());
    }

    private static Shape text(Kind kind) {
        return switch (kind) {
            case DATE -> Plain.DATE;
            case TIME -> new Shape.Time(TimeUnit.MICROS);
            case TIMESTAMP -> new Shape.Timestamp(TimeUnit.MICROS, Zone.LOCAL);
            case INSTANT -> new Shape.Timestamp(TimeUnit.MICROS, Zone.INSTANT);
            case UUID -> Plain.UUID;
            case TEXT, NANOSECONDS -> Plain.STRING;
            case BOOLEAN, INTEGER, HUGE, FRACTION, BEYOND, OBJECT, ARRAY -> throw new IllegalStateException(
                    "our bug: " + kind + " is no text");
        };
    }

    /** The first witness of each family. */
    private static Map<Kind, Seen> firstOfFamilies(Map<Kind, Seen> kinds) {
        Map<Kind, Seen> firsts = new EnumMap<>(Kind.class);
        Set<Family> families = EnumSet.noneOf(Family.class);
        inOrder(kinds).forEach(kind -> {
            if (families.add(kind.getKey().family())) {
                firsts.put(kind.getKey(), kind.getValue());
            }
        });
        return firsts;
    }

    private static Stream<Map.Entry<Kind, Seen>> inOrder(Map<Kind, Seen> kinds) {
        return kinds.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.comparing(Seen::first)));
    }

    private void widened(String path, Map<Kind, Seen> kinds, String type) {
        remarks.add("`" + path + "`: " + witnessed(kinds) + "; " + type);
    }

    /** In the order in which they were met. */
    static String witnessed(Map<Kind, Seen> kinds) {
        return inOrder(kinds)
                .map(kind -> kind.getKey().words() + " (" + kind.getValue().first() + ")")
                .collect(Collectors.joining(", "));
    }
}
