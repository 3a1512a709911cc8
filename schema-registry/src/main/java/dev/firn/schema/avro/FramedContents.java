package dev.firn.schema.avro;

import org.apache.avro.Schema;

/** What is behind a frame. */
enum FramedContents {
    /** A row. */
    ROW {
        @Override
        Schema row(Schema written) {
            return written;
        }
    },
    /** A key, of one value or of several. */
    KEY {
        @Override
        Schema row(Schema written) {
            return AvroKey.asRecord(written);
        }
    },
    /** A row in Debezium's envelope. */
    CHANGE {
        @Override
        Schema row(Schema written) throws NotAnEnvelope {
            return ChangeEnvelope.of(written).row();
        }

        @Override
        WrittenAvro read(Schema written, AvroReading reading) throws NotAnEnvelope {
            ChangeEnvelope envelope = ChangeEnvelope.of(written);
            return new WrittenAvro(
                    envelope.row(),
                    reading,
                    new WrittenAvro.Place(written.getFullName(), this, envelope::rows, envelope::some));
        }
    },
    /** The key of a row whose changes are sent. */
    KEY_OF_CHANGE {
        @Override
        Schema row(Schema written) {
            return AvroKey.asRecord(ConnectTypes.typed(written));
        }
    };

    /** What becomes columns of a schema that it was written with. */
    abstract Schema row(Schema written) throws NotAnEnvelope;

    /** Decoders of records that were written with a schema. */
    WrittenAvro read(Schema written, AvroReading reading) throws NotAnEnvelope {
        return new WrittenAvro(row(written), reading);
    }
}
