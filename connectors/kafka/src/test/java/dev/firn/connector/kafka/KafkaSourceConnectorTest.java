package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.OptionConformance;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaSourceConnectorTest {

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void isFoundByItsWord() {
        Connectors connectors = Connectors.load(KafkaSourceConnector.class.getClassLoader());

        assertThat(connectors.source("kafka")).isInstanceOf(KafkaSourceConnector.class);
    }

    @Test
    void optionsKeepTheRulesOfTheGrammar() {
        assertThat(OptionConformance.violations(KafkaOptions.class)).isEmpty();
    }

    @Test
    void describesTopicsWithTheirPlacesAndTheGuarantee() {
        SourceDescription description = describe(
                """
                topics: [orders, refunds]
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(description.streams())
                .containsExactly(
                        new NamedStream("orders", new SourceSpan("shop.yaml", 1, 10, 6)),
                        new NamedStream("refunds", new SourceSpan("shop.yaml", 1, 18, 7)));
        assertThat(description.guarantee()).isEqualTo("exactly once, read_committed, from earliest");
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    @Test
    void saysThatItGoesOnBehindWhatIsDeleted() {
        SourceDescription description = describe(
                """
                topics: [orders]
                lost-offsets: continue
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(description.guarantee())
                .isEqualTo("exactly once, read_committed, from earliest, behind what the brokers have deleted");
    }

    @Test
    void saysThatRecordsWithoutAValueDelete() {
        SourceDescription description = describe(
                """
                topics: [customers]
                tombstones: delete
                key: {type: long, columns: none}
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(SourceFile.lines(diagnostics)).isEmpty();
        assertThat(description.guarantee())
                .isEqualTo("exactly once, read_committed, from earliest; a record without a value deletes a row");
    }

    @Test
    void asksWhatTheKeysAreThatSayWhatIsDeletedAndWhatAKeyIsFor() {
        describe(
                """
                topics: [customers]
                tombstones: delete
                properties: {bootstrap.servers: "localhost:9092"}
                """);
        describe(
                """
                topics: [customers]
                key: {type: long, columns: none}
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:2:13 error[missing-option] option `key` is missing, which says what the keys of records"
                                + " without a value are; fix: add `key: {type: avro, columns: none}`, for example",
                        "shop.yaml:2:28 error[option-without-use] `columns: none` leaves the key without a use, for no"
                                + " record deletes a row by it; fix: add `tombstones: delete`, or remove the `key`");
    }

    @Test
    void refusesTwoColumnsOfMetadataThatAreOneToMostEngines() {
        describe(
                """
                topics: [orders]
                properties: {bootstrap.servers: "localhost:9092"}
                metadata: {offset: _Place, partition: _place, topic: ""}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:3:20 error[column-name-taken] `partition` and `offset` go to one column, `_Place`;"
                                + " fix: give one of them a name of its own; case makes no difference",
                        "shop.yaml:3:54 error[column-name-taken] `topic` names no column;"
                                + " fix: write the name of a column, or leave the option out");
    }

    @Test
    void refusesNamesThatNoBrokerCanHaveAndNamesTwice() {
        SourceDescription description = describe(
                """
                topics: [orders, "/clicks_\\\\d+/", orders, .., "/clicks_(/"]
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:1:35 error[duplicate-topic] topic `orders` is named twice;"
                                + " fix: remove one of the two",
                        "shop.yaml:1:43 error[invalid-topic-name] `..` is not the name of a topic;"
                                + " expected: letters, digits, `.`, `_` and `-`, at most 249",
                        "shop.yaml:1:47 error[invalid-selector] option `topics` is no regular expression (unclosed group"
                                + " at character 10): `/clicks_(/`; expected: a name, a name with `*`, or a regular"
                                + " expression between slashes");
        assertThat(description.streams()).extracting(NamedStream::name).containsExactly("orders", "..");
    }

    @Test
    void namesTheTopicsThatAreNamedAndReadsThoseThatAreSelected() {
        SourceDescription description = describe(
                """
                topics: [refunds, "/clicks_\\\\d+/", orders, "shop.*"]
                exclude: ["*_test", /clicks_0/]
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(SourceFile.lines(diagnostics)).isEmpty();
        assertThat(description.streams()).extracting(NamedStream::name).containsExactly("refunds", "orders");
        assertThat(description.selection().isOpen()).isTrue();
        assertThat(List.of("orders", "clicks_7", "shop.orders")).allMatch(description::reads);
        assertThat(List.of("order", "clicks_", "clicks_0", "shop.orders_test", "xclicks_7"))
                .noneMatch(description::reads);
    }

    @Test
    void excludesFromWhatIsSelectedOnly() {
        describe(
                """
                topics: [orders]
                exclude: ["*_test"]
                properties: {bootstrap.servers: "localhost:9092"}
                """);
        describe(
                """
                topics: [orders, "o*"]
                exclude: [/ord.*/]
                properties: {bootstrap.servers: "localhost:9092"}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:2:11 error[option-without-use] `/ord.*/` excludes `orders`, which `topics` names;"
                                + " fix: remove one of the two",
                        "shop.yaml:2:11 error[option-without-use] all topics are named, so there is nothing to exclude"
                                + " `*_test` from; fix: remove it, or select topics by a name with `*` or by an expression"
                                + " between slashes");
    }

    @Test
    void asksForTheBrokersAddress() {
        describe(
                """
                topics: [orders]
                properties: {security.protocol: SSL}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:2:13 error[no-bootstrap-servers] option `properties` lacks `bootstrap.servers`;"
                                + " fix: add `bootstrap.servers: host:port`");
    }

    @Test
    void refusesPropertiesThatFirnOwns() {
        describe(
                """
                topics: [orders]
                properties:
                  bootstrap.servers: localhost:9092
                  group.id: shop
                  auto.offset.reset: latest
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:4:13 error[reserved-property] property `group.id` can't be set: Firn keeps its"
                                + " positions in its ledger and commits none to Kafka, so a consumer group would"
                                + " stay empty; fix: remove it",
                        "shop.yaml:5:22 error[reserved-property] property `auto.offset.reset` can't be set: a"
                                + " position that the broker no longer has is an error; where to start is `startup`;"
                                + " fix: remove it");
    }

    @Test
    void warnsOfRecordsThatWereTakenBack() {
        SourceDescription description = describe(
                """
                topics: [orders]
                startup: latest
                properties: {bootstrap.servers: "localhost:9092", isolation.level: read_uncommitted}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly("shop.yaml:3:68 danger[read-uncommitted] with `read_uncommitted` records of aborted"
                        + " transactions become rows; fix: remove it: the default is `read_committed`");
        assertThat(description.guarantee())
                .isEqualTo("exactly once, aborted records included, read_uncommitted, from latest");
    }

    @Test
    void refusesAnIsolationLevelThatKafkaDoesNotHave() {
        describe(
                """
                topics: [orders]
                properties: {bootstrap.servers: "localhost:9092", isolation.level: committed}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly("shop.yaml:2:68 error[invalid-kafka-property] `committed` is not a value of"
                        + " `isolation.level`; expected: one of `read_committed`, `read_uncommitted`");
    }

    @Test
    void leavesAReferenceToTheProcessThatUsesIt() {
        SourceDescription description = describe(
                """
                topics: [orders]
                properties: {bootstrap.servers: "${env:KAFKA}", isolation.level: "${env:LEVEL}"}
                """);

        assertThat(SourceFile.lines(diagnostics)).isEmpty();
        assertThat(description.guarantee()).isEqualTo("exactly once, ${env:LEVEL}, from earliest");
    }

    @Test
    void asksNoBrokerWhereThePropertiesAreWrong() {
        SourceDefinition source = SourceFile.source(
                """
                topics: [orders]
                properties: {group.id: shop}
                """);

        try (var inspector = new KafkaSourceConnector().inspect(source, raw -> raw)) {
            assertThat(inspector.streams(diagnostics)).extracting("name").containsExactly("orders");
        }
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    @Test
    void asksForTheSubjectOfEachTopicWhereItsNameDoesNotSayIt() {
        describe(
                """
                topics: [orders, refunds, clicks]
                properties: {bootstrap.servers: "localhost:9092"}
                format:
                  type: avro
                  registry:
                    url: http://r
                    subject-naming: record-name
                    subjects: {refunds: com.acme.Refund, ordesr: com.acme.Order, z: z}
                """);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:7:21 error[subject-not-named] with `record-name` the name of a topic does not say its"
                                + " subject: `clicks`, `orders`; fix: add `subjects: {clicks: the.records.Name}`",
                        "shop.yaml:8:50 error[subject-of-no-topic] `subjects` has one for `ordesr`, which is none of the"
                                + " source's topics; fix: rename it to `orders`",
                        "shop.yaml:8:69 error[subject-of-no-topic] `subjects` has one for `z`, which is none of the"
                                + " source's topics; fix: remove it, or add the topic to `topics`");
    }

    @Test
    void takesNamedSubjectsWithEachNaming() {
        for (String naming : List.of("topic-name", "record-name", "topic-record-name")) {
            describe(
                    """
                    topics: [orders]
                    properties: {bootstrap.servers: "localhost:9092"}
                    format: {type: avro, registry: {url: http://r, subject-naming: NAMING, subjects: {orders: a.B}}}
                    """
                            .replace("NAMING", naming));
        }

        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    private SourceDescription describe(String options) {
        return new KafkaSourceConnector().describe(SourceFile.source(options), diagnostics);
    }
}
