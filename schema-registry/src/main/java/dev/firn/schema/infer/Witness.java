package dev.firn.schema.infer;

/**
 * Where something was seen.
 *
 * @param order of the file among those that are read
 * @param line of the file, from 1 on
 */
record Witness(int order, String file, long line) implements Comparable<Witness> {

    @Override
    public int compareTo(Witness other) {
        return order == other.order ? Long.compare(line, other.line) : Integer.compare(order, other.order);
    }

    static Witness earlier(Witness one, Witness other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
