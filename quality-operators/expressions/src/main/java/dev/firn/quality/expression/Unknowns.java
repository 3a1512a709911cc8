package dev.firn.quality.expression;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.quality.expression.function.Functions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is said about names that nothing has here, and about parts of SQL that are no part of an expression. */
final class Unknowns {

    private static final int LISTED = 20;

    private static final Set<String> AGGREGATES = Set.of(
            "sum",
            "count",
            "avg",
            "min",
            "max",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "var_pop",
            "var_samp",
            "variance",
            "collect",
            "listagg",
            "array_agg",
            "any_value",
            "first_value",
            "last_value",
            "approx_count_distinct",
            "bool_and",
            "bool_or",
            "every");

    private static final Set<String> WINDOWS = Set.of(
            "row_number", "rank", "dense_rank", "ntile", "lag", "lead", "percent_rank", "cume_dist", "nth_value");

    private static final Set<String> CLOCKS = Set.of(
            "now",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtime",
            "localtimestamp",
            "current_row_timestamp",
            "proctime",
            "sysdate",
            "current_watermark");

    private static final Set<String> CHANCES =
            Set.of("rand", "random", "rand_integer", "uuid", "newid", "gen_random_uuid");

    private Unknowns() {}

    static Problem column(String name, Collection<String> columns, Place place) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (CLOCKS.contains(lower)) {
            return clock(lower, place);
        }
        return member("there is no column `" + name + "`", name, columns, place);
    }

    static Problem field(String name, String of, Collection<String> fields, Place place) {
        return member("`" + of + "` has no field `" + name + "`", name, fields, place);
    }

    private static Problem member(String message, String name, Collection<String> known, Place place) {
        Problem problem = Problem.at(place, message);
        Problem listed =
                known.isEmpty() || known.size() > LISTED ? problem : problem.expecting(Suggestion.oneOf(known));
        return Suggestion.nearest(name, known)
                .map(near -> listed.fixedBy("write `" + near + "`"))
                .orElse(listed);
    }

    static Problem function(String name, Place place) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (AGGREGATES.contains(lower)) {
            return Problem.at(
                    place,
                    "`" + lower + "` is made of many rows, and an expression sees the one that it is evaluated for");
        }
        if (WINDOWS.contains(lower)) {
            return window("`" + lower + "`", place);
        }
        if (CLOCKS.contains(lower)) {
            return clock(lower, place);
        }
        if (CHANCES.contains(lower)) {
            return Problem.at(
                    place,
                    "`" + lower
                            + "` has another answer each time, and a record that is read again must become the same row");
        }
        Problem problem = Problem.at(place, "there is no function `" + lower + "`");
        return Suggestion.nearest(lower, List.copyOf(Functions.callable()))
                .map(near -> problem.fixedBy("write `" + near + "`"))
                .orElse(problem);
    }

    /** What is known about a word that the grammar keeps for itself. */
    static Optional<Problem> word(String word, Place place) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean known = AGGREGATES.contains(lower)
                || WINDOWS.contains(lower)
                || CLOCKS.contains(lower)
                || CHANCES.contains(lower);
        return known ? Optional.of(function(word, place)) : Optional.empty();
    }

    static Problem window(String what, Place place) {
        return Problem.at(
                place, what + " looks at other rows, and an expression sees the one that it is evaluated for");
    }

    static Problem query(Place place) {
        return Problem.at(place, "an expression has no queries in it");
    }

    static Problem construct(String what, Place place) {
        return Problem.at(place, what + " is not known in expressions");
    }

    private static Problem clock(String name, Place place) {
        return Problem.at(
                place,
                "`" + name + "` depends on when it is asked, and a record that is read again must become the same row");
    }
}
