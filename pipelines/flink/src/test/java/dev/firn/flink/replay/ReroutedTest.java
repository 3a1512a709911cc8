package dev.firn.flink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row of the quarantine stands for the copies that its tables lack, and for no others. */
class ReroutedTest {

    private static final RawRecord RECORD =
            new RawRecord(new Split("kafka", "orders", 0, "topic-1"), 7, 0, null, new byte[] {1}, List.of());

    /** Splits whose records have gone to several tables. */
    private static final Set<Split> NONE = Set.of();

    private static final Set<Split> ALL = Set.of(RECORD.split());

    /** Nothing is decoded here. */
    private record Unread() implements FormatReader {
        @Override
        public int schemaId(RawRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ColumnReader column(int schemaId, String column) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private static Rerouted now(List<String> named, String... byValue) {
        List<Copy> copies = java.util.stream.Stream.concat(named.stream(), Arrays.stream(byValue))
                .map(table -> new Copy(new TableName(table), new Unread(), 1, RECORD))
                .toList();
        return new Rerouted(copies, List.of());
    }

    private static QuarantinedRow row(@Nullable String table, RejectCode code, String message) {
        return new QuarantinedRow(
                Instant.EPOCH,
                "shop",
                1,
                RECORD,
                Optional.ofNullable(table),
                code.word(),
                Optional.empty(),
                message,
                Optional.empty());
    }

    private static QuarantinedRow row(@Nullable String table) {
        return row(table, RejectCode.INVALID_VALUE, "bad");
    }

    private static List<String> tables(Rerouted rerouted) {
        return rerouted.copies().stream().map(copy -> copy.table().full()).toList();
    }

    private static List<String> reasons(Rerouted rerouted) {
        return rerouted.refused().stream().map(QuarantinedRecord::message).toList();
    }

    @Test
    void ofATableItIsThatTablesCopyAlone() {
        Rerouted its = now(List.of("s.orders", "s.copies"), "e.paid").standingFor(row("s.copies"), NONE::contains);

        assertThat(tables(its)).containsExactly("s.copies");
        assertThat(its.refused()).isEmpty();
    }

    @Test
    void ofATableThatIsNoTargetAnyMoreItIsTheOnlyTargetOfNow() {
        assertThat(tables(now(List.of("s.mended")).standingFor(row("s.orders"), NONE::contains)))
                .containsExactly("s.mended");
    }

    @Test
    void ofATableThatIsNoTargetAnyMoreItStaysWhereSeveralAreNow() {
        Rerouted its = now(List.of("s.mended", "s.copies")).standingFor(row("s.orders"), NONE::contains);

        assertThat(its.copies()).isEmpty();
        assertThat(reasons(its)).containsExactly("`s.orders` is none of the tables that its stream is routed to now");
    }

    @Test
    void ofAStreamWithoutARouteItIsAllCopies() {
        QuarantinedRow unrouted = row(null, RejectCode.UNROUTED, "no route names the stream `orders`");

        assertThat(tables(now(List.of("s.orders", "s.copies"), "e.paid").standingFor(unrouted, ALL::contains)))
                .containsExactly("s.orders", "s.copies", "e.paid");
    }

    @Test
    void ofATableThatIsNoTargetAnyMoreItStaysWhereAnotherHasACopyAlready() {
        Rerouted its = now(List.of("s.copies")).standingFor(row("s.orders"), ALL::contains);

        assertThat(its.copies()).isEmpty();
        assertThat(reasons(its)).containsExactly("`s.orders` is none of the tables that its stream is routed to now");
    }

    @Test
    void ofAValueThatNamedNoTableItIsTheOnlyCopy() {
        QuarantinedRow without = row(null, RejectCode.TOO_MANY_TABLES, "200 tables are there");

        assertThat(tables(now(List.of(), "e.paid").standingFor(without, NONE::contains)))
                .containsExactly("e.paid");
    }

    @Test
    void ofAValueThatNamedNoTableItStaysWhereOthersHaveCopies() {
        QuarantinedRow without = row(null, RejectCode.UNROUTED, "the column `kind` is null");
        String why = "its stream goes to several tables, or did, and which of them lacks it can't be told";

        assertThat(reasons(now(List.of("s.orders"), "e.paid").standingFor(without, NONE::contains)))
                .containsExactly(why);
        assertThat(reasons(now(List.of("s.orders")).standingFor(without, ALL::contains)))
                .containsExactly(why);
        assertThat(now(List.of("s.orders")).standingFor(without, ALL::contains).copies())
                .isEmpty();
    }

    @Test
    void whatIsStillRefusedForItsTableIsToldAsItIsNow() {
        Rerouted all = new Rerouted(
                List.of(),
                List.of(new QuarantinedRecord(
                        RECORD, Optional.of("s.orders"), RejectCode.UNKNOWN_SCHEMA_ID, "does not know `9`")));

        assertThat(reasons(all.standingFor(row("s.orders"), NONE::contains))).containsExactly("does not know `9`");
    }

    @Test
    void aTableThatIsClosedGetsNothing() {
        Rerouted its = now(List.of("s.orders", "s.copies"))
                .standingFor(row(null, RejectCode.UNROUTED, "no route names the stream `orders`"), NONE::contains)
                .without(table -> table.full().equals("s.orders")
                        ? Optional.of(new Rejected(RejectCode.TABLE_PAUSED, "it waits"))
                        : Optional.empty());

        assertThat(tables(its)).containsExactly("s.copies");
        assertThat(reasons(its)).containsExactly("it waits");
    }
}
