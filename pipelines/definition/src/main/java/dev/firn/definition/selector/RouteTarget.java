package dev.firn.definition.selector;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table that a route leads to, with {@code $stream} and {@code $1} still in it.
 *
 * @param text as it stands in the file
 */
public record RouteTarget(String text) {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?<number>\\d+)|\\$(?<word>[A-Za-z]*)");
    private static final String STREAM = "stream";
    private static final String VALUE = TableTemplate.VARIABLE.substring(1);

    /**
     * Reads a target as it stands in the file.
     *
     * @param groups how many groups the route's selector has
     * @throws InvalidRouteTarget where it refers to something that is not there
     */
    public static RouteTarget parse(String text, int groups) {
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            check(text, variables, groups);
        }
        return new RouteTarget(text);
    }

    private static void check(String text, Matcher variable, int groups) {
        String number = variable.group("number");
        if (number == null) {
            if (!STREAM.equals(variable.group("word")) && !VALUE.equals(variable.group("word"))) {
                throw new InvalidRouteTarget(text, "refers to the unknown `" + variable.group() + "`");
            }
        } else if (number.length() > 3 || Integer.parseInt(number) < 1 || Integer.parseInt(number) > groups) {
            throw new InvalidRouteTarget(
                    text, "refers to `" + variable.group() + "`, but the selector has " + count(groups));
        }
    }

    private static String count(int groups) {
        return switch (groups) {
            case 0 -> "no `*` and no group";
            case 1 -> "one group";
            default -> groups + " groups";
        };
    }

    /** Whether it leads to a table for each value of a column. */
    public boolean namesAValue() {
        return VARIABLE.matcher(text).results().anyMatch(found -> TableTemplate.VARIABLE.equals(found.group()));
    }

    /** The table's name for one stream; {@code $by} stays in it. */
    public String expand(String stream, List<String> groups) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name(found, stream, groups)));
    }

    private String name(MatchResult found, String stream, List<String> groups) {
        if (TableTemplate.VARIABLE.equals(found.group())) {
            return TableTemplate.VARIABLE;
        }
        String number = found.group(1);
        String value = Names.characters(
                number == null ? stream : Objects.requireNonNull(groups.get(Integer.parseInt(number) - 1)));
        boolean startsName = found.start() == 0 || text.charAt(found.start() - 1) == '.';
        return startsName && Names.startsWithDigit(value) ? "_" + value : value;
    }

    @Override
    public String toString() {
        return text;
    }
}
