package dev.firn.schema.compare;

import dev.firn.schema.avro.AvroKind;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Widening;
import java.util.Optional;
import org.apache.avro.Schema;

/** What a change of type means for a column that holds the values. */
final class TypeChange {

    private TypeChange() {}

    /** Empty where nothing has changed. */
    static Optional<ChangeKind> of(Schema older, Schema newer) {
        Optional<ColumnType> was = ColumnTypes.of(older);
        Optional<ColumnType> is = ColumnTypes.of(newer);
        if (was.isEmpty() || is.isEmpty()) {
            return isSame(older, newer) ? Optional.empty() : Optional.of(ChangeKind.INCOMPATIBLE);
        }
        if (was.equals(is)) {
            return isSame(older, newer) ? Optional.empty() : Optional.of(ChangeKind.CHANGE_ENCODING);
        }
        if (Widening.isLossless(was.get(), is.get())) {
            return Optional.of(ChangeKind.WIDEN_TYPE);
        }
        return Optional.of(Widening.isLossless(is.get(), was.get()) ? ChangeKind.NARROW_TYPE : ChangeKind.INCOMPATIBLE);
    }

    /** Of what is compared here, which is never a record on both sides. */
    private static boolean isSame(Schema older, Schema newer) {
        return AvroKind.of(older) == AvroKind.of(newer) && TypeWords.of(older).equals(TypeWords.of(newer));
    }
}
