package dev.firn.quality.expression.function;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All functions, in the order of the reference. */
public final class Functions {

    public static final List<Group> GROUPS = List.of(
            Comparisons.GROUP,
            Logic.GROUP,
            Membership.GROUP,
            Arithmetic.GROUP,
            Conditionals.GROUP,
            Casts.GROUP,
            Texts.GROUP,
            MoreTexts.GROUP,
            Patterns.GROUP,
            Encodings.GROUP,
            Mathematics.GROUP,
            Dates.GROUP,
            Collections.GROUP);

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "character_length", "char_length",
            "ceiling", "ceil",
            "substr", "substring",
            "pow", "power",
            "!=", "<>",
            "rlike", "regexp");

    private static final Map<String, Function> BY_NAME = byName();

    private Functions() {}

    /** Whatever the case of its letters. */
    public static Optional<Function> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_NAME.get(OTHER_NAMES.getOrDefault(lower, lower)));
    }

    /** The sign change, which has the name of the difference. */
    public static Function negation() {
        return Arithmetic.GROUP.functions().get(Arithmetic.GROUP.functions().size() - 1);
    }

    /** Of those that are written as calls. */
    public static Collection<String> callable() {
        return BY_NAME.keySet().stream()
                .filter(name -> name.matches("[a-z0-9_]+"))
                .filter(name -> !List.of("and", "or", "not", "in", "like", "between", "case")
                        .contains(name))
                .toList();
    }

    /** Moves a date or a timestamp by an interval. */
    public static Function shift(String sign, long months, long micros) {
        return Function.of(
                sign,
                "t " + sign + " interval",
                "",
                arguments -> Units.shifted(sign, arguments.get(0), months, micros));
    }

    /** @throws EvaluationFailure where the text is no value of the type, with a sentence that says so */
    public static Object parse(String text, dev.firn.spi.schema.ColumnType type) {
        return Casts.parse(text, type);
    }

    /** How texts of a date, a time, a timestamp or a uuid look. */
    public static String formOf(dev.firn.spi.schema.ColumnType type) {
        return Casts.formOf(type);
    }

    private static Map<String, Function> byName() {
        Map<String, Function> byName = new TreeMap<>();
        for (Group group : GROUPS) {
            for (Function function : group.functions()) {
                byName.putIfAbsent(function.name(), function);
            }
        }
        return byName;
    }
}
