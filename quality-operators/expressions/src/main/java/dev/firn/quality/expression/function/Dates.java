package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.LONG;
import static dev.firn.quality.expression.function.Kind.TEXT;
import static dev.firn.quality.expression.function.Kind.TIMESTAMP;

import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dates and times. An instant is looked at in UTC; none of these asks a clock. */
final class Dates {

    /** With the answer for a Friday. */
    private static final Map<String, String> PARTS = parts();

    static final Group GROUP = new Group("Dates and times", functions());

    private Dates() {}

    private static List<Function> functions() {
        List<Function> functions = new ArrayList<>(List.of(Function.of(
                        "extract",
                        "extract(unit from t)",
                        "One part of it as a number: `year`, `quarter`, `month`, `week`, `day`, `doy`, `dow` (Sunday is 1), `hour`,"
                                + " `minute`, `second`, `epoch`.",
                        arguments -> Units.extract("extract", word("extract", arguments.get(0)), arguments.get(1), 1))
                .neverFailing()
                .shown("extract(month from date '2026-11-27')", "11")));
        PARTS.forEach((part, answer) -> {
            functions.add(Function.of(part, part + "(t)", "As `extract`.", arguments -> {
                        Arguments.require(part, arguments, 1);
                        return Units.extract(part, part, arguments.get(0), 0);
                    })
                    .neverFailing()
                    .shown(part + "(timestamp '2026-11-27 08:30:59')", answer));
        });
        functions.addAll(List.of(
                Function.of(
                                "date_trunc",
                                "date_trunc(unit, t)",
                                "The start of the unit that it is in, a week's is its Monday; `floor(t to unit)` is the same.",
                                arguments -> {
                                    Arguments.require("date_trunc", arguments, 2);
                                    return Units.cut(
                                            "date_trunc",
                                            List.of(arguments.get(1), unitOf("date_trunc", arguments.get(0))),
                                            false);
                                })
                        .shown("date_trunc('month', date '2026-11-27')", "2026-11-01"),
                Function.of("timestampadd", "timestampadd(unit, n, t)", "`n` units later.", arguments -> {
                            Arguments.require("timestampadd", arguments, 3);
                            return Units.plus(
                                    "timestampadd",
                                    word("timestampadd", arguments.get(0)),
                                    arguments.get(1),
                                    arguments.get(2));
                        })
                        .shown("timestampadd(day, 3, date '2026-11-27')", "2026-11-30"),
                Function.of(
                                "timestampdiff",
                                "timestampdiff(unit, t, u)",
                                "How many whole units from `t` to `u`.",
                                arguments -> {
                                    Arguments.require("timestampdiff", arguments, 3);
                                    return Units.between(
                                            "timestampdiff",
                                            word("timestampdiff", arguments.get(0)),
                                            arguments.get(1),
                                            arguments.get(2));
                                })
                        .shown("timestampdiff(day, date '2026-11-01', date '2026-11-27')", "26"),
                Function.of(
                                "date_format",
                                "date_format(t, f)",
                                "As a text, in Java's notation of patterns.",
                                Formats.checked(
                                        1,
                                        Signatures.of(
                                                "date_format",
                                                Signature.of(TIMESTAMP, TEXT, Primitive.STRING, Formats::print))))
                        .shown("date_format(timestamp '2026-11-27 08:30:00', 'yyyy/MM/dd HH:mm')", "2026/11/27 08:30"),
                Function.of(
                                "to_date",
                                "to_date(s, f)",
                                "The date that a text is, `yyyy-MM-dd` unless another pattern is given; null where it is none.",
                                Formats.checked(
                                        1,
                                        Signatures.of(
                                                "to_date",
                                                Signature.of(TEXT, Primitive.DATE, s -> Times.parseDate(s)
                                                                .orElse(null))
                                                        .orNull(),
                                                Signature.of(TEXT, TEXT, Primitive.DATE, Formats::date)
                                                        .orNull())))
                        .shown("to_date('27.11.2026', 'dd.MM.yyyy')", "2026-11-27"),
                Function.of(
                                "to_timestamp",
                                "to_timestamp(s, f)",
                                "The timestamp that a text is, `yyyy-MM-dd HH:mm:ss` unless another pattern is given; null where it is none.",
                                Formats.checked(
                                        1,
                                        Signatures.of(
                                                "to_timestamp",
                                                Signature.of(TEXT, Primitive.TIMESTAMP, s -> Times.parseTimestamp(s)
                                                                .orElse(null))
                                                        .orNull(),
                                                Signature.of(TEXT, TEXT, Primitive.TIMESTAMP, Formats::timestamp)
                                                        .orNull())))
                        .shown("date_format(to_timestamp('2026-11-27 08:30:00'), 'HH:mm')", "08:30"),
                Function.of(
                                "unix_timestamp",
                                "unix_timestamp(s, f)",
                                "The seconds since 1970 in UTC of a text as `to_timestamp` reads it; null where it is none.",
                                Formats.checked(
                                        1,
                                        Signatures.of(
                                                "unix_timestamp",
                                                Signature.of(
                                                                TEXT,
                                                                Primitive.LONG,
                                                                s -> Formats.seconds(s, "yyyy-MM-dd HH:mm:ss"))
                                                        .orNull(),
                                                Signature.of(TEXT, TEXT, Primitive.LONG, Formats::seconds)
                                                        .orNull())))
                        .shown("unix_timestamp('1970-01-02 00:00:00')", "86400"),
                Function.of(
                                "from_unixtime",
                                "from_unixtime(n, f)",
                                "Seconds since 1970 as a text in UTC, `yyyy-MM-dd HH:mm:ss` unless another pattern is given.",
                                Formats.checked(
                                        1,
                                        Signatures.of(
                                                "from_unixtime",
                                                Signature.of(
                                                        LONG,
                                                        Primitive.STRING,
                                                        n -> Formats.ofSeconds(n, "yyyy-MM-dd HH:mm:ss")),
                                                Signature.of(LONG, TEXT, Primitive.STRING, Formats::ofSeconds))))
                        .shown("from_unixtime(86400)", "1970-01-02 00:00:00"),
                Function.of(
                                "to_timestamp_ltz",
                                "to_timestamp_ltz(n, p)",
                                "The instant that is `n` seconds (`p` is 0), milliseconds (3) or microseconds (6) after 1970 began in UTC.",
                                Signatures.of(
                                        "to_timestamp_ltz",
                                        Signature.of(LONG, Kind.INT, Primitive.TIMESTAMPTZ, Formats::instant)))
                        .shown("to_timestamp_ltz(86400, 0)", "1970-01-02 00:00:00.000000")));
        return functions;
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("year", "2026");
        parts.put("quarter", "4");
        parts.put("month", "11");
        parts.put("week", "48");
        parts.put("dayofyear", "331");
        parts.put("dayofmonth", "27");
        parts.put("dayofweek", "6");
        parts.put("hour", "8");
        parts.put("minute", "30");
        parts.put("second", "59");
        return parts;
    }

    /** A word of the syntax, such as a unit. */
    private static String word(String name, Typed part) throws NotApplicable {
        return String.valueOf(unitOf(name, part).value());
    }

    private static Typed unitOf(String name, Typed part) throws NotApplicable {
        if (!part.constant() || !part.is(Primitive.STRING)) {
            throw NotApplicable.because("the unit of `" + name + "` must be written out")
                    .at(0);
        }
        return part;
    }
}
