package dev.firn.schema.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.registry.Frame;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one {@code .proto} file. Each is read by Protobuf's own parser and written as Avro, which a decoder of Avro
 * then reads: all that holds for Avro's columns holds for Protobuf's. Not thread-safe.
 *
 * @param <D> what reads the Avro
 */
final class ProtobufDecoder<D> {

    /** Indexes come with records, and may be anything. */
    private static final int MOST_REFUSED = 1_000;

    private final ProtobufFile file;
    private final AvroRules rules;
    private final Opening<D> opening;
    private final Map<List<Integer>, OfMessage<D>> messages = new HashMap<>();
    /** Messages that the table can't take: a flood of their records must not pay for finding out why each time. */
    private final Map<List<Integer>, Rejected> refused = new HashMap<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;

    ProtobufDecoder(ProtobufFile file, AvroRules rules, Opening<D> opening) {
        this.file = file;
        this.rules = rules;
        this.opening = opening;
    }

    /** Makes what reads records of an Avro schema. */
    interface Opening<D> {
        D open(Schema schema) throws Rejected;
    }

    /** What reads Avro, on a record in Avro. */
    interface Reading<D> {
        @Nullable
        Object read(D decoder, RawRecord record) throws Rejected;
    }

    private record OfMessage<D>(Descriptor type, ProtobufValues.OfMessage values, D decoder) {}

    @Nullable
    Object decode(RawRecord record, Reading<D> reading) throws Rejected {
        MessageFrame frame = MessageFrame.of(record);
        OfMessage<D> known = message(frame.indexes());
        byte[] avro = avro(known, Frame.framed(record), frame.start());
        return reading.read(
                known.decoder(),
                new RawRecord(
                        record.split(), record.position(), record.timestamp(), record.key(), avro, record.headers()));
    }

    private OfMessage<D> message(List<Integer> indexes) throws Rejected {
        OfMessage<D> known = messages.get(indexes);
        if (known != null) {
            return known;
        }
        Rejected refusal = refused.get(indexes);
        if (refusal != null) {
            throw refusal;
        }
        try {
            OfMessage<D> opened = opened(indexes);
            messages.put(indexes, opened);
            return opened;
        } catch (Rejected e) {
            if (refused.size() < MOST_REFUSED) {
                refused.put(indexes, e);
            }
            throw e;
        }
    }

    private OfMessage<D> opened(List<Integer> indexes) throws Rejected {
        Descriptor type = file.at(indexes)
                .orElseThrow(() -> new Rejected(
                        RejectCode.INVALID_VALUE,
                        "the frame names message " + indexes + ", which the schema does not have"));
        return new OfMessage<>(type, ProtobufValues.of(type, rules), opening.open(ProtobufSchemas.of(type)));
    }

    private byte[] avro(OfMessage<D> message, byte[] value, int start) throws Rejected {
        bytes.reset();
        // The frame, whose schema is known already.
        bytes.write(value, 0, Frame.SIZE);
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            encoder = out;
            message.values().write(parsed(message.type(), value, start), out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: an array of bytes can't be written to", e);
        }
        return bytes.toByteArray();
    }

    private static DynamicMessage parsed(Descriptor type, byte[] value, int start) throws Rejected {
        try {
            return DynamicMessage.parseFrom(type, CodedInputStream.newInstance(value, start, value.length - start));
        } catch (InvalidProtocolBufferException e) {
            throw rejected(type, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("our bug: an array of bytes can't be read", e);
        }
    }

    /** Protobuf's parser tells its complaints apart by their text alone. */
    private static Rejected rejected(Descriptor type, String complaint) {
        RejectCode code = complaint.contains("ended unexpectedly")
                ? RejectCode.TRUNCATED_PAYLOAD
                : complaint.contains("UTF-8") ? RejectCode.BAD_UTF8 : RejectCode.INVALID_VALUE;
        return new Rejected(code, "it is no message `" + type.getFullName() + "`: " + complaint);
    }
}
