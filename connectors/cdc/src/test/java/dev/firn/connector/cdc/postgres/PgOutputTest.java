package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputTest {

    private static LogMessage parse(String hex) {
        return PgOutput.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static final String BEGIN = "42 0000000000000010 0000000000000001 ffffffff";
    private static final String COMMIT = "43 00 0000000000000010 0000000000000020 0000000000000000";
    private static final String RELATION = "52 00000005 7300 7400 64 0001 01 6900 00000017 ffffffff";
    private static final String INSERT = "49 00000005 4e 0003 74 00000001 37 6e 75";
    private static final String UPDATE = "55 00000005 4b 0001 74 00000001 37 4e 0001 74 00000001 38";
    private static final String DELETE = "44 00000005 4f 0001 74 00000000";
    private static final String TRUNCATE = "54 00000002 03 00000005 00000006";
    private static final String MESSAGE = "4d 01 0000000000000010 7000 00000002 6869";

    @Test
    void messagesAreWhatTheProtocolSays() {
        assertThat(parse(BEGIN))
                .isEqualTo(new LogMessage.Begin(new Lsn(16), Instant.parse("2000-01-01T00:00:00.000001Z"), -1));
        assertThat(parse(COMMIT))
                .isEqualTo(new LogMessage.Commit(new Lsn(16), new Lsn(32), Instant.parse("2000-01-01T00:00:00Z")));
        assertThat(parse("4f 0000000000000010 6f00")).isEqualTo(new LogMessage.Origin(new Lsn(16), "o"));
        assertThat(parse(RELATION))
                .isEqualTo(new LogMessage.Relation(
                        5, "s", "t", 'd', List.of(new LogMessage.RelationColumn(true, "i", 23, -1))));
        assertThat(parse("59 00004001 00 7400")).isEqualTo(new LogMessage.Type(16385, "pg_catalog", "t"));
        LogMessage.Insert insert = (LogMessage.Insert) parse(INSERT);
        assertThat(insert.row()).hasToString("[7, null, (not sent)]");
        assertThat(parse(UPDATE)).isEqualTo(new LogMessage.Update(5, Optional.of(row("7")), row("8")));
        assertThat(parse("55 00000005 4e 0001 74 00000001 38"))
                .isEqualTo(new LogMessage.Update(5, Optional.empty(), row("8")));
        assertThat(parse(DELETE)).isEqualTo(new LogMessage.Delete(5, row("")));
        assertThat(parse(TRUNCATE)).isEqualTo(new LogMessage.Truncate(List.of(5, 6), true, true));
        LogMessage.Message message = (LogMessage.Message) parse(MESSAGE);
        assertThat(message.transactional()).isTrue();
        assertThat(message.prefix()).isEqualTo("p");
        assertThat(message.content()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    private static Tuple row(String text) {
        return new Tuple(new byte[][] {text.getBytes(StandardCharsets.UTF_8)});
    }

    /** Whatever is cut off, and wherever, nothing but the complaint comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {BEGIN, COMMIT, RELATION, INSERT, UPDATE, DELETE, TRUNCATE, MESSAGE})
    void aPartOfAMessageIsNone(String hex) {
        byte[] whole = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> PgOutput.parse(part)).isInstanceOf(MalformedMessage.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5a | its kind is 0x5a",
                "'' | it ends in its kind, at byte 0",
                "59 00004001 00 7400 00 | 1 of 9 bytes are left behind a type",
                "49 00000005 4b 0000 | a row has the mark 0x4b, and not `N`",
                "44 00000005 4e 0000 | a row has the mark 0x4e",
                "49 00000005 4e 0001 62 00000000 | value 0 of a row is of kind 0x62",
                "49 00000005 4e 0001 74 ffffffff | a value has -1 bytes",
                "49 00000005 4e 0001 74 7fffffff | it ends in a value, at byte 13",
                "54 7fffffff 00 | a truncate is of 2147483647 relations, in 6 bytes",
                "59 00000001 70 | it ends in a schema's name, at byte 6"
            })
    void whatIsNoMessageIsSaid(String hex, String complaint) {
        assertThatThrownBy(() -> parse(hex))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("the server sends what is no message of pgoutput, version 1: " + complaint);
    }

    @Test
    void placesInTheLogHaveNoSign() {
        assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF")).isGreaterThan(Lsn.parse("7FFFFFFF/0"));
        assertThat(Lsn.parse("16/B374D848")).hasToString("16/B374D848");
        assertThatThrownBy(() -> Lsn.parse("0/0/0")).hasMessage("`0/0/0` is no place in a log");
    }
}
