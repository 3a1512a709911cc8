package dev.firn.quality.expression.function;

import java.util.List;

/** Functions that stand together in the reference. */
public record Group(String title, List<Function> functions) {

    public Group {
        functions = List.copyOf(functions);
    }
}
