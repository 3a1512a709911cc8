package dev.firn.schema.infer;

/**
 * The values of one kind in a place.
 *
 * @param first where the first of them stands
 * @param least of their measures, as {@link Scalar} says; of arrays the number of items
 */
record Seen(long count, Witness first, long least, long greatest) {

    static Seen once(Witness first, long measure) {
        return new Seen(1, first, measure, measure);
    }

    Seen and(long measure) {
        return new Seen(count + 1, first, Math.min(least, measure), Math.max(greatest, measure));
    }

    Seen and(Seen other) {
        return new Seen(
                count + other.count,
                Witness.earlier(first, other.first),
                Math.min(least, other.least),
                Math.max(greatest, other.greatest));
    }
}
