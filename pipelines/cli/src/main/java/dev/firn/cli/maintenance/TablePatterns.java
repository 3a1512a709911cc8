package dev.firn.cli.maintenance;

import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names of tables, in which {@code *} stands for any text. */
public record TablePatterns(List<String> patterns) implements Predicate<TableName> {

    public TablePatterns {
        patterns = List.copyOf(patterns);
    }

    @Override
    public boolean test(TableName table) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, table.full()));
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            expression.append(expression.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(expression.toString(), name);
    }
}
