package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.LogMessage.RelationColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads messages of {@code pgoutput}, version 1 of its protocol, from bytes. One for each message. */
public final class PgOutput {

    /** Postgres counts microseconds from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final ByteBuffer bytes;
    private final int size;

    private PgOutput(ByteBuffer bytes) {
        this.bytes = bytes;
        this.size = bytes.remaining();
    }

    /**
     * Reads one.
     *
     * @param bytes of the message, from its letter on, and no more; in network order
     * @throws MalformedMessage if they are none
     */
    public static LogMessage parse(ByteBuffer bytes) {
        PgOutput reader = new PgOutput(bytes.slice());
        LogMessage message = reader.message();
        if (reader.bytes.hasRemaining()) {
            throw new MalformedMessage(reader.bytes.remaining() + " of " + reader.size + " bytes are left behind a "
                    + message.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        return message;
    }

    private LogMessage message() {
        byte kind = octet("its kind");
        switch (kind) {
            case 'B':
                return new LogMessage.Begin(lsn(), instant(), number("a transaction's id"));
            case 'C':
                octet("flags of a commit");
                return new LogMessage.Commit(lsn(), lsn(), instant());
            case 'O':
                return new LogMessage.Origin(lsn(), word("an origin's name"));
            case 'R':
                return relation();
            case 'Y':
                return new LogMessage.Type(number("a type's oid"), schema(), word("a type's name"));
            case 'I':
                int inserted = number("a relation's oid");
                expect('N', octet("the mark of a new row"));
                return new LogMessage.Insert(inserted, tuple());
            case 'U':
                return update();
            case 'D':
                int deleted = number("a relation's oid");
                requireOld(octet("the mark of an old row"));
                return new LogMessage.Delete(deleted, tuple());
            case 'T':
                return truncate();
            case 'M':
                return new LogMessage.Message(
                        octet("flags of a message") == 1, lsn(), word("a message's prefix"), text("a message"));
            default:
                throw new MalformedMessage(String.format(Locale.ROOT, "its kind is 0x%02x", kind));
        }
    }

    private LogMessage relation() {
        int oid = number("a relation's oid");
        String schema = schema();
        String table = word("a relation's name");
        char identity = (char) octet("a replica identity");
        List<RelationColumn> columns = new ArrayList<>();
        for (int left = count("columns"); left > 0; left--) {
            columns.add(new RelationColumn(
                    (octet("flags of a column") & 1) == 1,
                    word("a column's name"),
                    number("a column's type"),
                    number("a type's modifier")));
        }
        return new LogMessage.Relation(oid, schema, table, identity, columns);
    }

    private LogMessage update() {
        int relation = number("a relation's oid");
        byte mark = octet("the mark of a row");
        if (mark == 'N') {
            return new LogMessage.Update(relation, Optional.empty(), tuple());
        }
        requireOld(mark);
        Tuple before = tuple();
        expect('N', octet("the mark of a new row"));
        return new LogMessage.Update(relation, Optional.of(before), tuple());
    }

    private LogMessage truncate() {
        int relations = number("how many relations");
        byte options = octet("options of a truncate");
        if (relations < 0 || relations > bytes.remaining() / Integer.BYTES) {
            throw new MalformedMessage("a truncate is of " + relations + " relations, in " + size + " bytes");
        }
        List<Integer> oids = new ArrayList<>();
        for (int left = relations; left > 0; left--) {
            oids.add(number("a relation's oid"));
        }
        return new LogMessage.Truncate(oids, (options & 1) != 0, (options & 2) != 0);
    }

    private Tuple tuple() {
        byte[][] texts = new byte[count("columns of a row")][];
        for (int column = 0; column < texts.length; column++) {
            byte kind = octet("the kind of a value");
            switch (kind) {
                case 'n' -> texts[column] = null;
                case 'u' -> texts[column] = Tuple.unsent();
                case 't' -> texts[column] = text("a value");
                default -> throw new MalformedMessage(
                        String.format(Locale.ROOT, "value %d of a row is of kind 0x%02x", column, kind));
            }
        }
        return new Tuple(texts);
    }

    private static void requireOld(byte mark) {
        if (mark != 'K' && mark != 'O') {
            throw new MalformedMessage(String.format(Locale.ROOT, "a row has the mark 0x%02x", mark));
        }
    }

    private static void expect(char expected, byte mark) {
        if (mark != expected) {
            throw new MalformedMessage(
                    String.format(Locale.ROOT, "a row has the mark 0x%02x, and not `%c`", mark, expected));
        }
    }

    private Lsn lsn() {
        return new Lsn(big("a place in the log"));
    }

    private Instant instant() {
        return EPOCH.plus(big("a time"), ChronoUnit.MICROS);
    }

    /** Nothing stands for the system's own. */
    private String schema() {
        String schema = word("a schema's name");
        return schema.isEmpty() ? "pg_catalog" : schema;
    }

    private byte octet(String what) {
        need(1, what);
        return bytes.get();
    }

    private int count(String what) {
        need(Short.BYTES, what);
        return Short.toUnsignedInt(bytes.getShort());
    }

    private int number(String what) {
        need(Integer.BYTES, what);
        return bytes.getInt();
    }

    private long big(String what) {
        need(Long.BYTES, what);
        return bytes.getLong();
    }

    private byte[] text(String what) {
        int length = number("the length of " + what);
        if (length < 0) {
            throw new MalformedMessage(what + " has " + length + " bytes");
        }
        need(length, what);
        byte[] text = new byte[length];
        bytes.get(text);
        return text;
    }

    /** Up to a zero byte. */
    private String word(String what) {
        for (int end = bytes.position(); end < bytes.limit(); end++) {
            if (bytes.get(end) == 0) {
                byte[] word = new byte[end - bytes.position()];
                bytes.get(word).get();
                return new String(word, StandardCharsets.UTF_8);
            }
        }
        throw new MalformedMessage("it ends in " + what + ", at byte " + size);
    }

    private void need(int count, String what) {
        if (bytes.remaining() < count) {
            throw new MalformedMessage("it ends in " + what + ", at byte " + size);
        }
    }
}
