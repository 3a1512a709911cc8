package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of tables stay for years: what was written is read for ever. */
class DecisionTextTest {

    private static final String TEXT =
            "{\"version\":1,\"id\":\"00000000000000aa\",\"at\":\"2026-11-27T03:30:00.123456Z\","
                    + "\"pipeline\":\"shop\",\"run\":3,\"table\":\"sales.orders\",\"incarnation\":\"uuid\",\"subject\":\"orders-value\",\"from\":1,"
                    + "\"to\":2,\"schema-id\":7,\"schema\":\"00000000a0000002\",\"first\":{\"source\":\"kafka\",\"stream\":\"orders\","
                    + "\"partition\":0,\"position\":17},\"table-schemas\":[1],\"changes\":[{\"kind\":\"widen-type\",\"path\":\"n\","
                    + "\"before\":\"int\",\"after\":\"long\",\"decision\":\"apply\",\"why\":\"preset lenient\"}]}";

    private static final SchemaDecision.Change WIDER = new SchemaDecision.Change(
            "widen-type", "n", Optional.of("int"), Optional.of("long"), "apply", "preset lenient");

    @Test
    void isOneLineOfJson() {
        assertThat(DecisionText.write(decision(List.of(WIDER)))).isEqualTo(TEXT);
        assertThat(DecisionText.read(TEXT)).contains(decision(List.of(WIDER)));
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        SchemaDecision bare = new SchemaDecision(
                "00000000000000aa",
                Instant.EPOCH,
                "shop",
                1,
                new SchemaDecision.MetTable(TestLake.ORDERS, "uuid", List.of()),
                new SchemaDecision.Writer(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        "f",
                        Optional.empty()),
                List.of(new SchemaDecision.Change(
                        "reorder", "", Optional.empty(), Optional.empty(), "ignore", "default")));

        assertThat(DecisionText.write(bare)).doesNotContain("null", "subject", "before");
        assertThat(DecisionText.read(DecisionText.write(bare))).contains(bare);
    }

    @Test
    void ofManyChangesBecomesSeveralThatAPropertyCanHold() {
        List<SchemaDecision.Change> many = IntStream.range(0, 300)
                .mapToObj(i -> new SchemaDecision.Change(
                        "add-column", "c" + i, Optional.empty(), Optional.of("string"), "apply", "default"))
                .toList();

        List<SchemaDecision> pieces = DecisionText.pieces(decision(many));

        assertThat(pieces).extracting(SchemaDecision::id).doesNotHaveDuplicates();
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(DecisionText.write(piece)).hasSizeLessThanOrEqualTo(4_000));
        assertThat(pieces.stream().flatMap(piece -> piece.changes().stream())).containsExactlyElementsOf(many);
        assertThat(TableDecisions.in(TableDecisions.properties(decision(many)))).hasSameSizeAs(pieces);
    }

    @Test
    void whatIsNoneOrOfANewerFirnIsPassedOver() {
        assertThat(DecisionText.read("add-column note (string, optional): apply"))
                .isEmpty();
        assertThat(DecisionText.read(TEXT.replace("\"version\":1", "\"version\":2")))
                .isEmpty();
        assertThat(DecisionText.read(TEXT.replace("2026-11", "November"))).isEmpty();
        assertThat(DecisionText.read("{\"version\":1}")).isEmpty();
    }

    private static SchemaDecision decision(List<SchemaDecision.Change> changes) {
        return new SchemaDecision(
                "00000000000000aa",
                Instant.parse("2026-11-27T03:30:00.123456Z"),
                "shop",
                3,
                new SchemaDecision.MetTable(TestLake.ORDERS, "uuid", List.of(1)),
                new SchemaDecision.Writer(
                        Optional.of("orders-value"),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        OptionalInt.of(7),
                        "00000000a0000002",
                        Optional.of(new SchemaDecision.Place("kafka", "orders", 0, 17))),
                changes);
    }
}
