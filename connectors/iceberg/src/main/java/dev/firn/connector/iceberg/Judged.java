package dev.firn.connector.iceberg;

import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;

/** What a verdict about a table rests on; it may be carried out on the table as long as that is so. */
record Judged(int schemaId, TableBindings bindings) {

    static Judged of(Schema schema, Map<String, String> properties, String pipeline) {
        return new Judged(schema.schemaId(), TableBindings.in(properties, pipeline));
    }

    /** Throws what the caller takes for a reason to look again. */
    void requireStill(Schema schema, Map<String, String> properties) {
        if (!equals(of(schema, properties, bindings.pipeline()))) {
            throw new IllegalStateException("the table was changed while a change to it was prepared");
        }
    }

    /**
     * The guard of the transaction that carries it out.
     *
     * @param property that the transaction sets
     */
    record Guard(Judged judged, String property, String text) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            judged.requireStill(base.schema(), base.properties());
        }

        @Override
        public boolean landed(TableMetadata now) {
            return text.equals(now.properties().get(property));
        }
    }
}
