package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.INT;
import static dev.firn.quality.expression.function.Kind.TEXT;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts. A character is a code point, so an emoji is one; positions count from 1. */
final class Texts {

    private static final ColumnType STRING = Primitive.STRING;

    static final Group GROUP = new Group(
            "Text",
            List.of(
                    joined("||", "a || b", "The two texts in one.").shown("'fi' || 'rn'", "firn"),
                    joined("concat", "concat(a, b, ...)", "The texts in one; null where one is null.")
                            .shown("concat('a', 'b', 'c')", "abc"),
                    Function.of(
                                    "concat_ws",
                                    "concat_ws(separator, a, b, ...)",
                                    "The texts in one with the separator between them; nulls are left out.",
                                    Texts::separated)
                            .neverFailing()
                            .shown("concat_ws('-', 'a', null, 'b')", "a-b"),
                    text("upper", "upper(s)", "In upper case.", s -> s.toUpperCase(Locale.ROOT))
                            .shown("upper('firn')", "FIRN"),
                    text("lower", "lower(s)", "In lower case.", s -> s.toLowerCase(Locale.ROOT))
                            .shown("lower('FIRN')", "firn"),
                    text("initcap", "initcap(s)", "Each word with a capital and the rest small.", Texts::capitals)
                            .shown("initcap('hello wORLD')", "Hello World"),
                    text("reverse", "reverse(s)", "Back to front.", s -> new StringBuilder(s)
                                    .reverse()
                                    .toString())
                            .shown("reverse('abc')", "cba"),
                    Function.of(
                                    "char_length",
                                    "char_length(s)",
                                    "How many characters it has; also `character_length`.",
                                    Signatures.of("char_length", Signature.of(TEXT, Primitive.INT, Texts::length)))
                            .neverFailing()
                            .shown("char_length('firn')", "4"),
                    Function.of(
                                    "repeat",
                                    "repeat(s, n)",
                                    "The text `n` times; at most 1,000,000 characters.",
                                    Signatures.of("repeat", Signature.of(TEXT, INT, STRING, Texts::repeated)))
                            .shown("repeat('ab', 3)", "ababab"),
                    Function.of(
                                    "left",
                                    "left(s, n)",
                                    "Its first `n` characters.",
                                    Signatures.of("left", Signature.of(TEXT, INT, STRING, Texts::left)))
                            .neverFailing()
                            .shown("left('2026-11', 4)", "2026"),
                    Function.of(
                                    "right",
                                    "right(s, n)",
                                    "Its last `n` characters.",
                                    Signatures.of("right", Signature.of(TEXT, INT, STRING, Texts::right)))
                            .neverFailing()
                            .shown("right('2026-11', 2)", "11"),
                    Function.of(
                                    "substring",
                                    "substring(s from n for m)",
                                    "From its `n`th character on, `m` of them or all; a negative `n` counts from the end. Also"
                                            + " `substring(s, n, m)` and `substr`.",
                                    Signatures.of(
                                            "substring",
                                            Signature.of(
                                                    TEXT, INT, STRING, (s, n) -> substring(s, n, Integer.MAX_VALUE)),
                                            Signature.of(TEXT, INT, INT, STRING, Texts::substring)
                                                    .orNull()))
                            .neverFailing()
                            .shown("substring('snowfall' from 5)", "fall")
                            .shown("substring('snowfall', 1, 4)", "snow"),
                    Function.of(
                                    "overlay",
                                    "overlay(s placing t from n for m)",
                                    "With `m` characters from the `n`th on replaced; without `m`, as many as `t` has.",
                                    Signatures.of(
                                            "overlay",
                                            Signature.of(
                                                    TEXT, TEXT, INT, STRING, (s, t, n) -> overlaid(s, t, n, length(t))),
                                            Signature.of(TEXT, TEXT, INT, INT, STRING, Texts::overlaid)))
                            .neverFailing()
                            .shown("overlay('2026-01' placing '11' from 6)", "2026-11"),
                    Function.of(
                                    "replace",
                                    "replace(s, a, b)",
                                    "With every `a` replaced by `b`.",
                                    Signatures.of(
                                            "replace",
                                            Signature.of(
                                                    TEXT,
                                                    TEXT,
                                                    TEXT,
                                                    STRING,
                                                    (s, a, b) -> a.isEmpty() ? s : s.replace(a, b))))
                            .neverFailing()
                            .shown("replace('1,5', ',', '.')", "1.5")));

    private Texts() {}

    static Function text(String name, String form, String says, Code.One<String> code) {
        return Function.of(name, form, says, Signatures.of(name, Signature.of(TEXT, STRING, code)))
                .neverFailing();
    }

    private static Function joined(String name, String form, String says) {
        return Function.of(name, form, says, arguments -> {
                    requireTexts(name, arguments);
                    Evaluator[] parts = arguments.stream().map(Typed::evaluator).toArray(Evaluator[]::new);
                    return Typed.of(STRING, Typed.any(arguments), row -> {
                        StringBuilder whole = new StringBuilder();
                        for (Evaluator part : parts) {
                            Object text = part.of(row);
                            if (text == null) {
                                return null;
                            }
                            whole.append(text);
                        }
                        return whole.toString();
                    });
                })
                .neverFailing();
    }

    private static Typed separated(List<Typed> arguments) throws NotApplicable {
        requireTexts("concat_ws", arguments);
        Evaluator[] parts = arguments.stream().map(Typed::evaluator).toArray(Evaluator[]::new);
        return Typed.of(STRING, arguments.get(0).nullability(), row -> {
            Object separator = parts[0].of(row);
            return separator == null ? null : separated((String) separator, parts, row);
        });
    }

    private static String separated(String separator, Evaluator[] parts, @Nullable Object[] row) {
        StringBuilder whole = new StringBuilder();
        boolean first = true;
        for (int i = 1; i < parts.length; i++) {
            Object text = parts[i].of(row);
            if (text != null) {
                whole.append(first ? "" : separator).append(text);
                first = false;
            }
        }
        return whole.toString();
    }

    private static void requireTexts(String name, List<Typed> arguments) throws NotApplicable {
        if (arguments.isEmpty()) {
            throw NotApplicable.because("`" + name + "` takes 1 or more arguments, not 0");
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).type().isPresent() && !arguments.get(i).is(STRING)) {
                NotApplicable complaint = NotApplicable.because("`" + name + "` joins texts and can't take `"
                                + arguments.get(i).word() + "`")
                        .at(i);
                throw Casts.exists(arguments.get(i).type(), "string")
                        ? complaint.fixedBy("convert it: `cast(... as string)`")
                        : complaint;
            }
        }
    }

    static int length(String s) {
        return s.codePointCount(0, s.length());
    }

    static String left(String s, int count) {
        return substring(s, 1, Math.max(0, count));
    }

    private static String right(String s, int count) {
        int length = length(s);
        return count <= 0 ? "" : substring(s, Math.max(1, length - count + 1), length);
    }

    /** The position 0 is the first, as in Flink SQL. */
    static String substring(String s, int start, int count) {
        int length = length(s);
        long from = start > 0 ? start - 1L : start < 0 ? length + (long) start : 0;
        long to = Math.min(length, from + count);
        if (count <= 0 || from >= length || to <= 0 || from < 0) {
            return "";
        }
        int begin = s.offsetByCodePoints(0, (int) from);
        return s.substring(begin, s.offsetByCodePoints(begin, (int) (to - from)));
    }

    private static String overlaid(String s, String part, int start, int count) {
        int length = length(s);
        if (start <= 0 || start > length) {
            return s;
        }
        String before = substring(s, 1, start - 1);
        long rest = start + (long) count;
        return before + part + (count < 0 || rest > length ? "" : substring(s, (int) rest, length));
    }

    private static String repeated(String s, int count) {
        if ((long) s.length() * count > 1_000_000) {
            throw new EvaluationFailure("`repeat` makes a text of more than 1,000,000 characters");
        }
        return s.repeat(Math.max(0, count));
    }

    private static String capitals(String s) {
        StringBuilder capitals = new StringBuilder(s.length());
        boolean inWord = false;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            capitals.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c);
        }
        return capitals.toString();
    }
}
