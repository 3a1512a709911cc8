package dev.firn.quality.expression;

import dev.firn.quality.expression.function.Function;
import dev.firn.quality.expression.function.Functions;
import dev.firn.quality.expression.function.Group;
import java.util.stream.Collectors;

/** The page that tells of all functions and operators, made from the functions themselves. */
public final class FunctionReference {

    private static final String HEAD =
            """
            # Functions and operators

            Made from the code. Each example is run by the build. What they have in common, and where they differ from Flink SQL, is in
            [expressions](../expressions.md).
            """;

    private FunctionReference() {}

    public static String markdown() {
        return HEAD + Functions.GROUPS.stream().map(FunctionReference::group).collect(Collectors.joining());
    }

    private static String group(Group group) {
        return "\n## " + group.title() + "\n\n| | | for example |\n|---|---|---|\n"
                + group.functions().stream().map(FunctionReference::row).collect(Collectors.joining());
    }

    private static String row(Function function) {
        String examples = function.examples().stream()
                .map(example -> code(example.expression()) + " is " + code(example.answer()))
                .collect(Collectors.joining("<br>"));
        return "| " + code(function.form()) + " | " + function.says() + " | " + examples + " |\n";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
