package dev.firn.quality.expression.function;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pattern that comes from the row, compiled anew only where it differs from the last one. */
final class LastPattern {

    private record Compiled(String pattern, @Nullable String escape, Predicate<String> test) {}

    private final boolean like;
    private @Nullable Compiled last;

    LastPattern(boolean like) {
        this.like = like;
    }

    Predicate<String> of(String pattern, @Nullable String escape) {
        Compiled known = last;
        if (known == null || !known.pattern().equals(pattern) || !Objects.equals(known.escape(), escape)) {
            known = new Compiled(pattern, escape, LikePattern.compile(pattern, escape, like));
            last = known;
        }
        return known.test();
    }
}
