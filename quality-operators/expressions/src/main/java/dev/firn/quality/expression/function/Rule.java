package dev.firn.quality.expression.function;

import java.util.List;

/** How a function's arguments decide about its type and its code. */
@FunctionalInterface
interface Rule {

    Typed resolve(List<Typed> arguments) throws NotApplicable;
}
