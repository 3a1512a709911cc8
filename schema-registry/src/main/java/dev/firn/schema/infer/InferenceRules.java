package dev.firn.schema.infer;

/** What the user may choose. */
public record InferenceRules(Fractions fractions, Mixtures mixtures) {

    /** What numbers with a point become, as long as both can hold them. */
    public enum Fractions {
        DOUBLE,
        DECIMAL
    }

    /** What becomes of a place where values of several kinds stand. */
    public enum Mixtures {
        /** One of several types: a number in JSON is no text. */
        CHOICE,
        /** A text, for all of it is text in a file of cells. */
        TEXT
    }
}
