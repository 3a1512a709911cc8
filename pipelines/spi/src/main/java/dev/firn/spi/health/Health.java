package dev.firn.spi.health;

import java.util.Optional;

/**
 * One thing that a pipeline needs, and how it is.
 *
 * @param what it is, in two or three words
 * @param seen the figure that was seen, or what went wrong; no secret is in it
 * @param mend what to do, in the imperative
 */
public record Health(String what, Verdict verdict, String seen, Optional<String> mend) {

    /** How it is. */
    public enum Verdict {
        WELL,
        UNWELL,
        /** It was not looked at, and the reason is what was seen. */
        NOT_TRIED
    }

    public static Health well(String what, String seen) {
        return new Health(what, Verdict.WELL, seen, Optional.empty());
    }

    public static Health unwell(String what, String seen, String mend) {
        return new Health(what, Verdict.UNWELL, seen, Optional.of(mend));
    }

    public static Health unwell(String what, String seen) {
        return new Health(what, Verdict.UNWELL, seen, Optional.empty());
    }

    public static Health notTried(String what, String why) {
        return new Health(what, Verdict.NOT_TRIED, why, Optional.empty());
    }
}
