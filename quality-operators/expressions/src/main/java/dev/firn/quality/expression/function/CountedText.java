package dev.firn.quality.expression.function;

/**
 * A text that a regular expression reads so often and no more. Java's go back and try again, for some pairs of expression and text longer
 * than anybody waits, and cannot be interrupted; so a record that nobody expected would stop its job without a word. Steps are counted and
 * not time, so that the same record has the same answer each time it is read.
 */
final class CountedText implements CharSequence {

    /** Less than a second or two. What looks for a {@code .*x} that is not there comes through some 8,000 characters with it. */
    private static final long MOST = 100_000_000;

    /** So that a text of megabytes may be read as often as there are alternatives. */
    private static final long MOST_FOR_EACH_CHARACTER = 1_000;

    private final String text;
    private final long most;
    private long left;

    CountedText(String text) {
        this.text = text;
        most = Math.max(MOST, text.length() * MOST_FOR_EACH_CHARACTER);
        left = most;
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
                    + " characters, and has not ended after " + most + " steps");
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
