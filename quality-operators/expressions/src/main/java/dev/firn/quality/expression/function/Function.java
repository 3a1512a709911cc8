package dev.firn.quality.expression.function;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that an expression can call, be it written as a call or as an operator.
 *
 * @param name in lower case; an operator is named by its sign or word
 * @param form how it is written
 * @param says what it gives, in a sentence
 * @param examples of constants, with their answers
 * @param total whether it has a value for all arguments
 */
public record Function(String name, String form, String says, List<Example> examples, Rule rule, boolean total) {

    /** An expression without columns, and its answer as {@code cast(... as string)} would print it. */
    public record Example(String expression, String answer) {}

    public Function {
        examples = List.copyOf(examples);
    }

    static Function of(String name, String form, String says, Rule rule) {
        return new Function(name, form, says, List.of(), rule, false);
    }

    Function shown(String expression, String answer) {
        List<Example> more = new ArrayList<>(examples);
        more.add(new Example(expression, answer));
        return new Function(name, form, says, more, rule, total);
    }

    /** Never fails, so nobody needs to watch it do so. */
    Function neverFailing() {
        return new Function(name, form, says, examples, rule, true);
    }

    /** @throws NotApplicable where it does not take these arguments */
    public Typed resolve(List<Typed> arguments) throws NotApplicable {
        return rule.resolve(arguments);
    }
}
