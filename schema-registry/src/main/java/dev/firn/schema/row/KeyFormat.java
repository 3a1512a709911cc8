package dev.firn.schema.row;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.schema.Column;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the bytes of keys mean; travels in the job. */
public sealed interface KeyFormat extends Serializable {

    /** Opened where records are decoded. */
    Open open(ReferenceResolver references);

    /** The columns of each stream's keys. */
    interface Open extends AutoCloseable {

        /** None where the schema of the stream's keys is not known. */
        Optional<SideColumns> stream(String name);

        @Override
        void close();
    }

    /**
     * A key that one of Kafka's own serializers has written.
     *
     * @param column of the value that it is
     */
    record Single(KeyType type, String column) implements KeyFormat {

        private static final long serialVersionUID = 1L;

        /** Null where a record has no key. */
        public Column optional() {
            return Column.optional(column, SingleKey.typeOf(type));
        }

        @Override
        public Open open(ReferenceResolver references) {
            SideColumns key = new SingleKey(type, column);
            return new Open() {
                @Override
                public Optional<SideColumns> stream(String name) {
                    return Optional.of(key);
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }
    }

    /**
     * A key that names its schema as values do.
     *
     * @param keys reads keys that it is shown as values
     * @param fields the fields of each stream's keys, by the names of their columns
     */
    record Framed(RecordFormat keys, Map<String, Map<String, Column>> fields) implements KeyFormat {

        private static final long serialVersionUID = 1L;

        public Framed {
            fields = Map.copyOf(fields);
        }

        /** Streams whose keys have the same columns. */
        private record Alike(FormatReader keys, Map<String, Column> columns) {}

        @Override
        public Open open(ReferenceResolver references) {
            FormatReader reader = keys.open(references);
            return new Open() {
                private final Map<Alike, SideColumns> sides = new HashMap<>();

                @Override
                public Optional<SideColumns> stream(String name) {
                    return Optional.ofNullable(fields.get(name))
                            .map(columns -> new Alike(reader.stream(name), columns))
                            .map(alike -> sides.computeIfAbsent(
                                    alike, first -> new FramedKey(first.keys(), first.columns())));
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
