package dev.firn.schema.testing;

import dev.firn.schema.testing.RandomPair.Difference;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;

/**
 * Holds our decoder against Avro's reader over many random pairs of schemas: of the same bytes both make the same row, or both
 * refuse a null. Each record is written twice, with lists and maps in one block and in several.
 */
public final class ResolutionTrial {

    private static final String REFUSED = "a null is refused";

    private final Map<Difference, Long> differing = new EnumMap<>(Difference.class);
    private long pairs;
    private long nested;
    private long fields;
    private long rows;
    private long refusedByBoth;

    /** @throws AssertionError with the seed and both schemas where the two do not agree */
    public void of(long seed) {
        RandomPair pair = new RandomPair(seed);
        Object datum = pair.datum();
        pairs++;
        nested += pair.isNested() ? 1 : 0;
        fields += pair.reader().getFields().size();
        pair.differences().forEach(difference -> differing.merge(difference, 1L, Long::sum));
        for (byte[] value :
                List.of(AvroBytes.encode(pair.writer(), datum), AvroBytes.encodeInBlocks(pair.writer(), datum))) {
            Object expected = avros(pair.writer(), pair.reader(), value);
            Object ours = ours(pair.writer(), pair.reader(), value);
            if (!ours.equals(expected)) {
                throw new AssertionError("seed " + seed + "\nAvro: " + expected + "\nours: " + ours + "\nwriter: "
                        + pair.writer() + "\nreader: " + pair.reader());
            }
        }
    }

    private Object avros(Schema writer, Schema reader, byte[] value) {
        try {
            return AvroRows.read(writer, reader, value);
        } catch (AvroTypeException refused) {
            refusedByBoth++;
            return REFUSED;
        } catch (IOException e) {
            throw new AssertionError("Avro can't read what Avro wrote", e);
        }
    }

    private Object ours(Schema writer, Schema reader, byte[] value) {
        try {
            Row row = AvroBytes.resolve(writer, reader, value);
            rows++;
            return row;
        } catch (Rejected rejected) {
            return rejected.code() == RejectCode.MISSING_REQUIRED_COLUMN ? REFUSED : rejected.toString();
        }
    }

    public long pairs() {
        return pairs;
    }

    /** Rows that were compared, and the same. */
    public long rows() {
        return rows;
    }

    public long refusedByBoth() {
        return refusedByBoth;
    }

    public long fields() {
        return fields;
    }

    /** The part of the pairs that differ in this way. */
    public double share(Difference difference) {
        return (double) differing.getOrDefault(difference, 0L) / pairs;
    }

    /** The part of the pairs that differ inside of an inner record, a list or a map. */
    public double nestedShare() {
        return (double) nested / pairs;
    }
}
