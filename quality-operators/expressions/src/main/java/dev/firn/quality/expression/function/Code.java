package dev.firn.quality.expression.function;

import org.jspecify.annotations.Nullable;

/** What a function does with arguments that are not null. */
final class Code {

    private Code() {}

    interface One<A> {
        @Nullable
        Object of(A a);
    }

    interface Two<A, B> {
        @Nullable
        Object of(A a, B b);
    }

    interface Three<A, B, C> {
        @Nullable
        Object of(A a, B b, C c);
    }

    interface Four<A, B, C, D> {
        @Nullable
        Object of(A a, B b, C c, D d);
    }
}
