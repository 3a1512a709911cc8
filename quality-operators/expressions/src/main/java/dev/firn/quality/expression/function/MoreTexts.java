package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.INT;
import static dev.firn.quality.expression.function.Kind.TEXT;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is looked for in texts, taken off them and added to them. */
final class MoreTexts {

    private static final ColumnType STRING = Primitive.STRING;

    static final Group GROUP = new Group(
            "Text: finding, trimming, padding",
            List.of(
                    trim(
                                    "trim",
                                    "trim(both t from s)",
                                    "Without what `t` is made of, at both ends; without `t`, spaces.",
                                    true,
                                    true)
                            .shown("trim('  firn ')", "firn")
                            .shown("trim(leading '0' from '0042')", "42"),
                    trim("ltrim", "ltrim(s, t)", "The same on the left.", true, false)
                            .shown("ltrim('  a')", "a"),
                    trim("rtrim", "rtrim(s, t)", "The same on the right.", false, true)
                            .shown("rtrim('a!!', '!')", "a"),
                    Function.of(
                                    "lpad",
                                    "lpad(s, n, t)",
                                    "With `t` before it, again and again, until it has `n` characters; cut to `n`.",
                                    Signatures.of(
                                            "lpad",
                                            Signature.of(TEXT, INT, TEXT, STRING, (s, n, t) -> padded(s, n, t, true))
                                                    .orNull()))
                            .shown("lpad('7', 3, '0')", "007"),
                    Function.of(
                                    "rpad",
                                    "rpad(s, n, t)",
                                    "The same behind it.",
                                    Signatures.of(
                                            "rpad",
                                            Signature.of(TEXT, INT, TEXT, STRING, (s, n, t) -> padded(s, n, t, false))
                                                    .orNull()))
                            .shown("rpad('7', 3, '.')", "7.."),
                    Function.of(
                                    "position",
                                    "position(t in s)",
                                    "Where `t` starts in `s`; 0 where it is not in it.",
                                    Signatures.of(
                                            "position",
                                            Signature.of(TEXT, TEXT, Primitive.INT, (t, s) -> found(t, s, 1))))
                            .neverFailing()
                            .shown("position('@' in 'a@b')", "2"),
                    Function.of(
                                    "locate",
                                    "locate(t, s, n)",
                                    "The same, from the `n`th character on.",
                                    Signatures.of(
                                            "locate",
                                            Signature.of(TEXT, TEXT, Primitive.INT, (t, s) -> found(t, s, 1)),
                                            Signature.of(TEXT, TEXT, INT, Primitive.INT, MoreTexts::found)))
                            .neverFailing()
                            .shown("locate('a', 'banana', 3)", "4"),
                    Function.of(
                                    "instr",
                                    "instr(s, t)",
                                    "As `position(t in s)`.",
                                    Signatures.of(
                                            "instr", Signature.of(TEXT, TEXT, Primitive.INT, (s, t) -> found(t, s, 1))))
                            .neverFailing()
                            .shown("instr('a@b', 'b')", "3"),
                    Function.of(
                                    "split_index",
                                    "split_index(s, separator, n)",
                                    "What is between separators, counted from 0; null where there are not as many.",
                                    Signatures.of(
                                            "split_index",
                                            Signature.of(TEXT, TEXT, INT, STRING, MoreTexts::part)
                                                    .orNull()))
                            .neverFailing()
                            .shown("split_index('a/b/c', '/', 1)", "b"),
                    Function.of(
                                    "ascii",
                                    "ascii(s)",
                                    "The first of its bytes in UTF-8, from -128 to 127; 0 for an empty text.",
                                    Signatures.of("ascii", Signature.of(TEXT, Primitive.INT, MoreTexts::firstByte)))
                            .neverFailing()
                            .shown("ascii('A')", "65"),
                    test("is_alpha", "Whether it has letters only, at least one.", Character::isLetter)
                            .shown("is_alpha('abc')", "TRUE"),
                    test("is_digit", "Whether it has digits only, at least one.", Character::isDigit)
                            .shown("is_digit('12a')", "FALSE")));

    private interface Characters {
        boolean all(int codePoint);
    }

    private MoreTexts() {}

    private static Function test(String name, String says, Characters wanted) {
        return Function.of(
                        name,
                        name + "(s)",
                        says,
                        Signatures.of(
                                name,
                                Signature.of(
                                        TEXT,
                                        Primitive.BOOLEAN,
                                        s -> !s.isEmpty() && s.codePoints().allMatch(wanted::all))))
                .neverFailing();
    }

    private static Function trim(String name, String form, String says, boolean left, boolean right) {
        return Function.of(
                        name,
                        form,
                        says,
                        Signatures.of(
                                name,
                                Signature.of(TEXT, STRING, s -> trimmed(s, " ", left, right)),
                                Signature.of(TEXT, TEXT, STRING, (s, t) -> trimmed(s, t, left, right))))
                .neverFailing();
    }

    private static String trimmed(String s, String characters, boolean left, boolean right) {
        int begin = 0;
        int end = s.length();
        while (left && begin < end && characters.indexOf(s.codePointAt(begin)) >= 0) {
            begin += Character.charCount(s.codePointAt(begin));
        }
        while (right && begin < end && characters.indexOf(s.codePointBefore(end)) >= 0) {
            end -= Character.charCount(s.codePointBefore(end));
        }
        return s.substring(begin, end);
    }

    private static @Nullable String padded(String s, int wanted, String with, boolean before) {
        int length = Texts.length(s);
        if (wanted < 0 || with.isEmpty()) {
            return null;
        }
        if (wanted > 1_000_000) {
            throw new EvaluationFailure("a text is padded to 1,000,000 characters at most, not to " + wanted);
        }
        if (wanted <= length) {
            return Texts.left(s, wanted);
        }
        int missing = wanted - length;
        String padding = Texts.left(with.repeat(missing / Texts.length(with) + 1), missing);
        return before ? padding + s : s + padding;
    }

    private static int firstByte(String s) {
        return s.isEmpty() ? 0 : s.substring(0, s.offsetByCodePoints(0, 1)).getBytes(StandardCharsets.UTF_8)[0];
    }

    private static int found(String part, String s, int start) {
        if (start < 0 || start > Texts.length(s) + 1) {
            return 0;
        }
        int at = s.indexOf(part, s.offsetByCodePoints(0, Math.max(0, start - 1)));
        return at < 0 ? 0 : s.codePointCount(0, at) + 1;
    }

    private static @Nullable String part(String s, String separator, int index) {
        if (index < 0 || separator.isEmpty() || s.isEmpty()) {
            return null;
        }
        int begin = 0;
        for (int i = 0; i < index; i++) {
            int at = s.indexOf(separator, begin);
            if (at < 0) {
                return null;
            }
            begin = at + separator.length();
        }
        int end = s.indexOf(separator, begin);
        return s.substring(begin, end < 0 ? s.length() : end);
    }
}
