package dev.firn.spi.notation;

import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One walk that makes of a schema what a notation can write, and says what gets lost. What comes out needs no further look: a
 * notation writes all that is in it.
 */
public abstract class Fitting {

    private static final int DIGITS_OF_UNSIGNED_LONG = 20;

    protected final Losses losses;
    private final Set<Trait> keeps;

    protected Fitting(Losses losses, Set<Trait> keeps) {
        this.losses = losses;
        this.keeps = EnumSet.copyOf(keeps);
    }

    /** A type without others in it, as the notation has it; what it can't is to be told to {@link #losses}. */
    protected abstract Shape scalar(String path, Shape shape);

    /** The name of a field, or of a record without a namespace, as the notation has it. */
    protected String name(String path, String name) {
        return name;
    }

    /** What two names must not share, for a record to have both. */
    protected String identity(String name) {
        return name;
    }

    public final PortableSchema fit(PortableSchema schema) {
        return new PortableSchema(new Shape.Struct(recordName(schema.name()), fields("", schema.fields())));
    }

    public static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private TypeName recordName(TypeName name) {
        if (!name.isThere()) {
            return TypeName.NONE;
        }
        if (!keeps.contains(Trait.NAME)) {
            losses.lose("", "the name `" + name.full() + "`");
        } else if (!keeps.contains(Trait.NAMESPACE) && !name.namespace().isEmpty()) {
            losses.lose("", "the namespace `" + name.namespace() + "`");
        }
        loseDoc("", name.doc(), Trait.RECORD_DOC);
        loseAliases("", name.aliases(), Trait.TYPE_DOCS);
        return new TypeName(
                keeps.contains(Trait.NAMESPACE)
                        ? name.full()
                        : keeps.contains(Trait.NAME) ? name("", name.simple()) : "",
                name.doc().filter(doc -> keeps.contains(Trait.RECORD_DOC)),
                keeps.contains(Trait.TYPE_DOCS) ? name.aliases() : List.of());
    }

    /** The name of a type further down, if the notation has such. */
    protected final TypeName typeName(String path, TypeName name) {
        if (!name.isThere()) {
            return name;
        }
        boolean nameKept = keeps.contains(Trait.TYPE_NAMES);
        if (!nameKept) {
            losses.lose(path, "the type's name `" + name.full() + "`");
        }
        loseDoc(path, name.doc(), Trait.TYPE_DOCS);
        loseAliases(path, name.aliases(), Trait.TYPE_DOCS);
        boolean docsKept = keeps.contains(Trait.TYPE_DOCS);
        return new TypeName(
                nameKept ? name.full() : "", name.doc().filter(doc -> docsKept), docsKept ? name.aliases() : List.of());
    }

    private void loseDoc(String path, Optional<String> doc, Trait trait) {
        if (doc.isPresent() && !keeps.contains(trait)) {
            losses.lose(path, path.isEmpty() ? "the doc" : "the type's doc");
        }
    }

    private void loseAliases(String path, List<String> aliases, Trait trait) {
        if (!aliases.isEmpty() && !keeps.contains(trait)) {
            losses.lose(path, "the " + (aliases.size() == 1 ? "alias " : "aliases ") + quoted(aliases));
        }
    }

    private List<Field> fields(String path, List<Field> fields) {
        if (fields.isEmpty() && !keeps.contains(Trait.EMPTY_RECORDS)) {
            losses.refuse(
                    path,
                    "it has no fields, and " + losses.notation() + " has no record without",
                    "add a field, or remove it");
        }
        List<Field> fitted = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Field field : fields) {
            Field one = field(child(path, field.name()), field, path.isEmpty());
            String other = seen.putIfAbsent(identity(one.name()), field.name());
            if (other != null) {
                losses.refuse(
                        child(path, field.name()),
                        losses.notation() + " can't tell it from `" + other + "`",
                        "rename one of them");
            }
            fitted.add(one);
        }
        return fitted;
    }

    private Field field(String path, Field field, boolean top) {
        String name = name(path, field.name());
        Optional<String> doc = field.remarks().doc();
        boolean docKept = keeps.contains(top ? Trait.DOCS : Trait.NESTED_DOCS);
        if (doc.isPresent() && !docKept) {
            losses.lose(path, "the doc");
        }
        loseAliases(path, field.remarks().aliases(), Trait.ALIASES);
        Value value = value(path, field.value(), top || keeps.contains(Trait.NESTED_REQUIRED));
        Remarks remarks = new Remarks(
                doc.filter(kept -> docKept),
                defaultValue(path, field, value.shape()),
                keeps.contains(Trait.ALIASES) ? field.remarks().aliases() : List.of());
        return new Field(name, value, remarks);
    }

    private Optional<String> defaultValue(String path, Field field, Shape fitted) {
        Optional<String> said = field.remarks().defaultValue();
        if (said.isEmpty() || field.remarks().defaultsToNull()) {
            return said;
        }
        if (keeps.contains(Trait.DEFAULTS) && keepsDefault(path, field, fitted)) {
            return said;
        }
        losses.lose(path, "the default `" + said.get() + "`");
        return Optional.empty();
    }

    /** Whether a default that is not null can stand where the type is as it is now. */
    protected boolean keepsDefault(String path, Field field, Shape fitted) {
        return field.shape().equals(fitted);
    }

    private Value value(String path, Value value, boolean requiredKept) {
        boolean idKept = keeps.contains(Trait.IDS);
        if (value.id().isPresent() && !idKept) {
            losses.lose(path, "the field id " + value.id().getAsInt());
        }
        if (!value.isOptional() && !requiredKept) {
            losses.lose(path, "that it is never null");
        }
        return new Value(
                shape(path, value.shape()),
                requiredKept ? value.nullability() : Nullability.OPTIONAL,
                idKept ? value.id() : OptionalInt.empty());
    }

    /** What stands for a type without a look at those in it; empty where the walk goes on into them. */
    protected Optional<Shape> whole(String path, Shape shape) {
        return Optional.empty();
    }

    private Shape shape(String path, Shape shape) {
        Optional<Shape> whole = whole(path, shape);
        if (whole.isPresent()) {
            return whole.get();
        }
        if (shape instanceof Shape.Struct struct) {
            return new Shape.Struct(typeName(path, struct.name()), fields(path, struct.fields()));
        }
        if (shape instanceof Shape.ListOf list) {
            return new Shape.ListOf(value(path + "[]", list.item(), keeps.contains(Trait.ITEMS_REQUIRED)));
        }
        if (shape instanceof Shape.MapOf map) {
            return new Shape.MapOf(
                    key(path + "{key}", map.key()),
                    value(path + "{}", map.value(), keeps.contains(Trait.ITEMS_REQUIRED)));
        }
        if (shape instanceof Shape.OneOf choice) {
            return oneOf(path, choice);
        }
        if (shape instanceof Shape.Again again) {
            return again(path, again);
        }
        return scalar(path, shape);
    }

    private Value key(String path, Value key) {
        if (keeps.contains(Trait.KEYS)) {
            return value(path, key, true);
        }
        if (key.shape() != Plain.STRING) {
            losses.loseAs(path, "the type of the keys", "text");
        }
        return value(path, key.withShape(Plain.STRING), true);
    }

    private Shape oneOf(String path, Shape.OneOf choice) {
        if (keeps.contains(Trait.UNIONS)) {
            return new Shape.OneOf(fields(path, choice.branches()));
        }
        losses.loseAs(
                path,
                "that it is one of "
                        + quoted(choice.branches().stream().map(Field::name).toList()),
                "a record with an optional field for each");
        return new Shape.Struct(TypeName.NONE, fields(path, choice.branches()));
    }

    private Shape again(String path, Shape.Again again) {
        if (!keeps.contains(Trait.RECURSION)) {
            losses.refuse(
                    path,
                    "record `" + again.name() + "` contains itself, and " + losses.notation() + " has no word for that",
                    "flatten it, or make it a string of JSON");
        }
        return again;
    }

    /** A duration as a record, for notations that have none. */
    protected final Shape durationAsRecord(String path) {
        losses.loseAs(path, "that it is a duration", "a record of months, days and millis");
        return new Shape.Struct(
                TypeName.NONE,
                List.of(
                        Field.required("months", Shape.Whole.LONG),
                        Field.required("days", Shape.Whole.LONG),
                        Field.required("millis", Shape.Whole.LONG)));
    }

    /** A time in microseconds, for notations that have no other. */
    protected final TimeUnit micros(String path, TimeUnit unit) {
        if (unit == TimeUnit.NANOS) {
            losses.loseAs(path, "what is finer than a microsecond", "microseconds");
        } else if (unit != TimeUnit.MICROS) {
            losses.change(path, unit.word() + " become microseconds");
        }
        return TimeUnit.MICROS;
    }

    /** The smallest whole number that holds another one and has a sign and at least so many bits. */
    protected final Shape signed(String path, Shape.Whole whole, int leastBits) {
        int needed = whole.sign() == Shape.Sign.SIGNED ? whole.bits() : whole.bits() * 2;
        if (needed > Shape.Whole.LONG.bits()) {
            losses.change(path, whole.words() + " becomes a decimal of 20 digits");
            return new Shape.Decimal(DIGITS_OF_UNSIGNED_LONG, 0);
        }
        Shape.Whole wider = new Shape.Whole(Math.max(needed, leastBits), Shape.Sign.SIGNED);
        if (!wider.equals(whole)) {
            losses.change(path, whole.words() + " becomes one of " + wider.bits());
        }
        return wider;
    }

    /** A decimal of at most so many digits, or a complaint. */
    protected final Shape decimal(String path, Shape.Decimal decimal, int mostDigits) {
        if (decimal.precision() > mostDigits) {
            losses.refuse(
                    path,
                    "a decimal of " + decimal.precision() + " digits is longer than the " + mostDigits + " of "
                            + losses.notation(),
                    "use a precision of at most " + mostDigits + ", or a string");
        }
        return decimal;
    }

    protected static String quoted(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
