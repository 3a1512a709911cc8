package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * What an envelope of Firn's own says of values that are not in its row: a first field {@code flaws}, with a column, its kind ({@code unsent}
 * or {@code unfit}), a reason that goes on behind the column's name, and the text that was there. The row has a null in their place.
 */
final class ChangeFlaws {

    private static final String FIELD = "flaws";
    private static final String NAME = "dev.firn.change.Flaw";
    private static final String UNSENT = "unsent";

    static final ChangeFlaws NONE = new ChangeFlaws(List.of());

    private final List<Flaw> flaws;

    private record Flaw(String column, String kind, String reason) {}

    private ChangeFlaws(List<Flaw> flaws) {
        this.flaws = flaws;
    }

    /** Of an envelope that has such a field. */
    static Optional<Schema.Field> field(Schema envelope) {
        return envelope.getFields().stream()
                .limit(1)
                .filter(first -> first.name().equals(FIELD)
                        && first.schema().getType() == Schema.Type.ARRAY
                        && first.schema().getElementType().getFullName().equals(NAME))
                .findFirst();
    }

    static ChangeFlaws read(Payload payload) throws Rejected {
        return new ChangeFlaws(
                Blocks.read(payload, FIELD, expected -> new ArrayList<>(), (from, flaws) -> flaws.add(flaw(from))));
    }

    private static Flaw flaw(Payload payload) throws Rejected {
        Flaw flaw = new Flaw(payload.readString(FIELD), payload.readString(FIELD), payload.readString(FIELD));
        if (UnionReader.readIndex(payload, 2, FIELD) == 1) {
            payload.skip(payload.readLength(FIELD), FIELD);
        }
        return flaw;
    }

    /** @param wanted of a field: whether anybody asks for its value */
    void requireNone(Predicate<String> wanted) throws Rejected {
        for (Flaw flaw : flaws) {
            if (wanted.test(flaw.column())) {
                throw new Rejected(
                        flaw.kind().equals(UNSENT) ? RejectCode.VALUE_NOT_SENT : RejectCode.INVALID_VALUE,
                        "`" + flaw.column() + "` " + flaw.reason());
            }
        }
    }
}
