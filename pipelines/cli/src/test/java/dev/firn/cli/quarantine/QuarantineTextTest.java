package dev.firn.cli.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The screens of a quarantine, as they are. */
class QuarantineTextTest {

    private static final TableName QUARANTINE = new TableName("shop.firn_quarantine");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static QuarantinedRow row(long position, @Nullable String table, String code, long seconds, boolean back) {
        RawRecord record = new RawRecord(
                new Split("kafka", "orders", 2, "topic-1"),
                position,
                NOON.toEpochMilli(),
                null,
                "\0\0\0\0\u0007a value of more than one line".getBytes(StandardCharsets.UTF_8),
                List.of(new Header("trace", "a\nb".getBytes(StandardCharsets.UTF_8))));
        return new QuarantinedRow(
                NOON.plusSeconds(seconds),
                "shop",
                4,
                record,
                Optional.ofNullable(table),
                code,
                Optional.empty(),
                "it is bad",
                back ? Optional.of(NOON.plusSeconds(3600)) : Optional.empty());
    }

    @Test
    void countsByTableAndCode() {
        Waiting waiting = new Waiting(QUARANTINE);
        waiting.add(row(1, "shop.orders", "bad-utf8", 0, false));
        waiting.add(row(2, "shop.orders", "bad-utf8", 2, true));
        waiting.add(row(3, null, "unrouted", 1, false));
        waiting.add(row(4, null, "unrouted", 0, false));

        assertThat(StatsText.write(waiting, "shop.yaml"))
                .isEqualTo(
                        """
                shop.firn_quarantine: 3 records wait, 1 was put back

                  table        code      waiting  put back  newest, UTC
                  -            unrouted        2         0  2026-11-22 12:00:01
                  shop.orders  bad-utf8        1         1  2026-11-22 12:00:02

                look at some with:  firn quarantine list --code unrouted shop.yaml
                put back what is mended:  firn replay --code unrouted shop.yaml
                """);
        assertThat(StatsJson.write(waiting)).contains("\"waiting\" : 3", "\"first\" : \"2026-11-22T12:00:00Z\"");
    }

    @Test
    void namesTheKeysThatWhatWaitsIsEncryptedWith() {
        Waiting waiting = new Waiting(QUARANTINE);
        for (long position = 1; position <= 3; position++) {
            QuarantinedRow row = row(position, "shop.orders", "bad-utf8", 0, false);
            waiting.add(new QuarantinedRow(
                    row.at(),
                    row.pipeline(),
                    row.run(),
                    row.record(),
                    row.table(),
                    row.code(),
                    row.rule(),
                    row.message(),
                    row.replayed(),
                    Optional.of(position < 3 ? "0011223344556677" : "8899aabbccddeeff")));
        }

        assertThat(StatsText.write(waiting, "shop.yaml"))
                .contains(
                        """

                2 records that wait are encrypted with the key of fingerprint 0011223344556677
                1 record that waits is encrypted with the key of fingerprint 8899aabbccddeeff

                look at""");
        assertThat(StatsJson.write(waiting))
                .contains("\"encrypted-with\" : {", "\"0011223344556677\" : 2", "\"8899aabbccddeeff\" : 1");
    }

    @Test
    void listsTheNewestFirstAndSaysHowManyThereAre() {
        Newest newest = new Newest(QUARANTINE, 2);
        newest.add(row(1, "shop.orders", "bad-utf8", 0, false));
        newest.add(row(3, null, "unrouted", 2, false));
        newest.add(row(2, "shop.orders", "bad-utf8", 1, true));

        assertThat(ListText.write(newest, "shop.yaml"))
                .isEqualTo(
                        """
                shop.firn_quarantine: 3 records, the newest 2 of them

                  since, UTC           record            table        code
                  2026-11-22 12:00:02  kafka/orders-2@3  -            unrouted
                      it is bad
                  2026-11-22 12:00:01  kafka/orders-2@2  shop.orders  bad-utf8, put back

                look at one with:  firn quarantine show shop.yaml kafka/orders-2@3
                put back what is mended:  firn replay shop.yaml
                """);
    }

    @Test
    void showsARecordWithItsBytes() {
        assertThat(ShowText.write(List.of(new ShownRow(row(3, null, "unrouted", 2, false))), "shop.yaml"))
                .isEqualTo(
                        """
                kafka/orders-2@3
                  why       unrouted: it is bad
                  table     none was found
                  since     2026-11-22 12:00:02 UTC, shop, run 4
                  written   2026-11-22 12:00:00 UTC
                  header    trace: a\\nb
                  key       none
                  value     34 bytes, schema id 7
                    000000  00 00 00 00 07 61 20 76 61 6c 75 65 20 6f 66 20  .....a value of\s
                    000010  6d 6f 72 65 20 74 68 61 6e 20 6f 6e 65 20 6c 69  more than one li
                    000020  6e 65                                            ne

                put it back when it is mended:  firn replay --code unrouted shop.yaml
                """);
    }

    @Test
    void aQuarantineWithoutSuchARecordSaysSo() {
        assertThat(StatsText.write(new Waiting(QUARANTINE), "shop.yaml"))
                .isEqualTo("shop.firn_quarantine has no such record of the pipeline.\n");
        assertThat(ListText.write(new Newest(QUARANTINE, 1), "shop.yaml"))
                .isEqualTo("shop.firn_quarantine has no such record of the pipeline.\n");
    }

    @Test
    void aPlaceIsReadAsItIsWritten() {
        QuarantinedRow row = row(3, null, "unrouted", 0, false);

        assertThat(RecordPlace.parse(RecordPlace.of(row)).orElseThrow().isOf(row.record()))
                .isTrue();
        assertThat(RecordPlace.parse("orders-2@3").orElseThrow().isOf(row.record()))
                .isTrue();
        assertThat(RecordPlace.parse("orders-2@4").orElseThrow().isOf(row.record()))
                .isFalse();
        assertThat(RecordPlace.parse("orders-1@3").orElseThrow().isOf(row.record()))
                .isFalse();
        assertThat(RecordPlace.parse("pg/orders-2@3").orElseThrow().isOf(row.record()))
                .isFalse();
        assertThat(RecordPlace.parse("app-events-12@3").orElseThrow().stream()).isEqualTo("app-events");
        assertThat(RecordPlace.parse("orders@3")).isEmpty();
        assertThat(RecordPlace.parse("orders-0")).isEmpty();
    }
}
