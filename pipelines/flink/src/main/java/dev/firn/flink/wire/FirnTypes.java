package dev.firn.flink.wire;

import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.record.SourceEvent;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type information of what flows in a Firn job; generic types are off, so there is one for everything. */
public final class FirnTypes {

    public static final TypeInformation<SourceEvent> SOURCE_EVENT =
            new ImmutableType<>(SourceEvent.class, SourceEventSerializer.INSTANCE);

    public static final TypeInformation<LedgerEntry> LEDGER_ENTRY =
            new ImmutableType<>(LedgerEntry.class, LedgerEntrySerializer.INSTANCE);

    public static final TypeInformation<Gathered> GATHERED =
            new ImmutableType<>(Gathered.class, GatheredSerializer.INSTANCE);

    private FirnTypes() {}

    private static final class ImmutableType<T> extends TypeInformation<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private final TypeSerializer<T> serializer;

        ImmutableType(Class<T> type, TypeSerializer<T> serializer) {
            this.type = type;
            this.serializer = serializer;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<T> getTypeClass() {
            return type;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public TypeSerializer<T> createSerializer(ExecutionConfig config) {
            return serializer;
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ImmutableType<?> that && that.type.equals(type);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type);
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof ImmutableType;
        }
    }
}
