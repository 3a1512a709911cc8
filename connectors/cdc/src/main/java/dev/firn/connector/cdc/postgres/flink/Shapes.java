package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.Change;
import dev.firn.connector.cdc.postgres.FramedSchema;
import dev.firn.connector.cdc.postgres.TableShape;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import java.util.List;

/** What is made of changes for those behind the source. */
final class Shapes {

    private Shapes() {}

    /** Before a record of that shape leaves the source, those that read it have to know its schemas. */
    static void learn(TableShape shape, SchemaMemory schemas) {
        for (FramedSchema schema : List.of(shape.keySchema(), shape.valueSchema())) {
            schemas.learn(schema.id(), schema.definition());
            schemas.definition(schema.id())
                    .filter(known -> !known.equals(schema.definition()))
                    .ifPresent(other -> {
                        throw ReadFailures.forGood("table `" + shape.name()
                                + "` can't be read beside another: two schemas have the same id " + schema.id());
                    });
        }
    }

    /** @param timestamp of the commit in milliseconds, or {@link RawRecord#NO_TIMESTAMP} */
    static RawRecord record(Split split, long position, long timestamp, Change change) {
        return new RawRecord(split, position, timestamp, change.key(), change.value(), List.of());
    }
}
