package dev.firn.quality.expression.function;

/**
 * A text that a regular expression reads so often and no more. Java's go back and try again, for some pairs of expression and text longer
 * than anybody waits, and cannot be interrupted; so a record that nobody expected would stop its job without a word. Steps are counted and
 * not time, so that the same record has the same answer each time it is read.
 */
final class CountedText implements CharSequence {

    /** A tenth of a second, or less. */
    private static final long MOST = 10_000_000;

    /** So that a long text may be read as often as a short one. */
    private static final long MOST_FOR_EACH_CHARACTER = 100;

    private final String text;
    private long left;

    CountedText(String text) {
        this.text = text;
        left = Math.max(MOST, text.length() * MOST_FOR_EACH_CHARACTER);
    }

    @Override
    public int length() {
        return text.length();
    }

    /** @throws EvaluationFailure if that is too often */
    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new EvaluationFailure("a regular expression goes back and forth in a text of " + text.length()
                    + " characters without end");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int begin, int end) {
        return text.substring(begin, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
