package dev.firn.connector.cdc.postgres;

import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The envelope around a row: Debezium's, so that whoever reads that reads this, with one field more.
 *
 * <pre>
 *   flaws    columns whose value is not in `after`, and why; in front, where most records have a single byte that says that there are none
 *   before   always null: which row it is is in the record's key
 *   after    the row, or null where there is none any more
 *   source   lsn, xid, committed
 *   op       r, c, u, d or t
 * </pre>
 */
final class Envelopes {

    /** A value that was not sent, for it has not changed. */
    static final String UNSENT = "unsent";

    /** A value that the column's type has no room for; its text is in the flaw. */
    static final String UNFIT = "unfit";

    private static final String NAMESPACE = "dev.firn.change";

    private Envelopes() {}

    static Schema schema(String namespace, Schema row) {
        Schema optional = TypeCodecs.nullable(row);
        return Schema.createRecord(
                "Envelope",
                null,
                namespace,
                false,
                List.of(
                        new Schema.Field("flaws", Schema.createArray(flaw())),
                        new Schema.Field("before", optional),
                        new Schema.Field("after", optional),
                        new Schema.Field("source", source()),
                        new Schema.Field("op", Schema.create(Schema.Type.STRING))));
    }

    private static Schema source() {
        Schema number = Schema.create(Schema.Type.LONG);
        Schema instant = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        return Schema.createRecord(
                "Source",
                null,
                NAMESPACE,
                false,
                List.of(
                        new Schema.Field("lsn", number),
                        new Schema.Field("xid", TypeCodecs.nullable(number)),
                        new Schema.Field("committed", TypeCodecs.nullable(instant))));
    }

    private static Schema flaw() {
        Schema text = Schema.create(Schema.Type.STRING);
        return Schema.createRecord(
                "Flaw",
                null,
                NAMESPACE,
                false,
                List.of(
                        new Schema.Field("column", text),
                        new Schema.Field("kind", text),
                        new Schema.Field("reason", text),
                        new Schema.Field("text", TypeCodecs.nullable(text))));
    }
}
