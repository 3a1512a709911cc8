package dev.firn.definition.table;

import dev.firn.definition.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the ready forms of a rule say of a column, as SQL: so a rule is checked, compiled, shown and evolved in one way, whatever form it
 * was said in.
 *
 * @param column its name; behind dots the fields of a struct
 */
public record ReadyForm(String column) {

    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    /** Of an exact number in SQL. */
    private static final int MOST_DIGITS = 38;

    /** The column in SQL, quoted, for its name may be a word of SQL. */
    public String sql() {
        return Arrays.stream(column.split("\\.", -1))
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    static String notNull(List<String> columns) {
        return columns.stream()
                .map(column -> new ReadyForm(column).sql() + " is not null")
                .collect(Collectors.joining(" and "));
    }

    String condition(ExpectOptions rule) {
        return rule.range()
                .map(range -> within(
                        sql(), range.min().map(ReadyForm::literal), range.max().map(ReadyForm::literal)))
                .or(() -> rule.length()
                        .map(length -> within(
                                "char_length(" + sql() + ")",
                                length.min().map(String::valueOf),
                                length.max().map(String::valueOf))))
                .or(() -> rule.regex().map(regex -> matches(regex.pattern())))
                .or(() -> rule.oneOf().map(this::oneOf))
                .orElseThrow();
    }

    private static String within(String value, Optional<String> min, Optional<String> max) {
        List<String> bounds = new ArrayList<>();
        min.ifPresent(least -> bounds.add(value + " >= " + least));
        max.ifPresent(most -> bounds.add(value + " <= " + most));
        return String.join(" and ", bounds);
    }

    /** That the column is one of these. */
    public String oneOf(List<Node.Scalar> values) {
        return sql() + " in (" + values.stream().map(ReadyForm::literal).collect(Collectors.joining(", ")) + ")";
    }

    /** Of the whole text: SQL finds a part of it, too, and a dollar passes over the end of a line. */
    private String matches(String regex) {
        return "regexp(" + sql() + ", " + text("\\A(?:" + regex + ")\\z") + ")";
    }

    /** A value in SQL: a number or a truth as YAML reads one, else a text. */
    public static String literal(Node.Scalar value) {
        String text = value.text();
        if (value.quoted()) {
            return text(text);
        }
        if (isNumber(value)) {
            // With an exponent SQL takes it for a double, which holds not every number of a column.
            BigDecimal number = new BigDecimal(text);
            boolean isExact = Math.max(number.precision(), number.scale()) <= MOST_DIGITS
                    && number.precision() - number.scale() <= MOST_DIGITS;
            return isExact ? number.toPlainString() : text;
        }
        return text.equals("true") || text.equals("false") ? text : text(text);
    }

    /** Whether YAML reads it as a number. */
    public static boolean isNumber(Node.Scalar value) {
        return !value.quoted() && NUMBER.matcher(value.text()).matches();
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
