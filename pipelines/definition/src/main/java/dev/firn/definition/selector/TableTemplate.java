package dev.firn.definition.selector;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table for each value of a column, {@code events.$by}.
 *
 * @param text a table's name whose last part holds {@code $by}, and nothing else to be filled in
 */
public record TableTemplate(String text) implements Serializable {

    /** What stands for the value. */
    public static final String VARIABLE = "$by";

    /** A name of the template with some value, for what every name of it must keep. */
    public String sample() {
        return text.replace(VARIABLE, "x");
    }

    /** The table's name for one value: what is neither letter, digit nor {@code _} becomes {@code _}. */
    public String expand(String value) {
        String characters = Names.characters(value);
        StringBuilder name = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(VARIABLE); at >= 0; at = text.indexOf(VARIABLE, from)) {
            name.append(text, from, at);
            boolean startsName = at == 0 || text.charAt(at - 1) == '.';
            name.append(startsName && Names.startsWithDigit(characters) ? "_" + characters : characters);
            from = at + VARIABLE.length();
        }
        return name.append(text.substring(from)).toString();
    }

    /** The name in which the value stands as it is, whether that is a table's name or not. */
    public String literal(String value) {
        return text.replace(VARIABLE, value);
    }

    /** Whether some value leads to that table, as far as letters go. */
    public boolean canBe(String table) {
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(VARIABLE); at >= 0; at = text.indexOf(VARIABLE, from)) {
            pattern.append(Pattern.quote(text.substring(from, at))).append("[\\p{L}\\p{N}_]+");
            from = at + VARIABLE.length();
        }
        Matcher matcher = Pattern.compile(
                        pattern.append(Pattern.quote(text.substring(from))).toString())
                .matcher(table);
        return matcher.matches();
    }

    /** Whether some name that the template can make is also one that a name with {@code *} selects. */
    public boolean meets(String wildcards) {
        // A value is one word character, then any number of them.
        String tokens = text.replace(VARIABLE, "\u0001\u0002");
        int rows = wildcards.length();
        int columns = tokens.length();
        boolean[][] meets = new boolean[rows + 2][columns + 2];
        meets[rows][columns] = true;
        for (int row = rows; row >= 0; row--) {
            for (int column = columns; column >= 0; column--) {
                char left = row < rows ? wildcards.charAt(row) : 0;
                char right = column < columns ? tokens.charAt(column) : 0;
                boolean word = Character.isLetterOrDigit(left) || left == '_';
                if (left == '*') {
                    meets[row][column] = meets[row + 1][column] || (column < columns && meets[row][column + 1]);
                } else if (right == 2) {
                    meets[row][column] = meets[row][column + 1] || (word && meets[row + 1][column]);
                } else if (row < rows && column < columns) {
                    meets[row][column] = (right == 1 ? word : left == right) && meets[row + 1][column + 1];
                }
            }
        }
        return meets[0][0];
    }

    /** Everything before the last dot. */
    public String namespace() {
        return text.substring(0, text.lastIndexOf('.'));
    }

    @Override
    public String toString() {
        return text;
    }
}
