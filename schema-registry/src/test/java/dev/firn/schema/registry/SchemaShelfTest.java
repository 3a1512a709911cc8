package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeTime;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaShelfTest {

    private static final String ID_7 = "/schemas/ids/7";
    private static final String ID_8 = "/schemas/ids/8";
    private static final String FOUND = "{'schema': 'text'}";
    private static final RegistryAnswer TEXT = new RegistryAnswer.Found("text");
    private static final ShelfName NAME = new ShelfName("shop", 1, "events");
    private static final Duration LONG = Duration.ofMinutes(10);

    private final FakeRegistry registry = new FakeRegistry();
    private final List<SchemaShelf.Lease> leases = new ArrayList<>();
    private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
    private Time time = Time.SYSTEM;
    private Duration answerWithin = Duration.ofSeconds(10);

    @AfterEach
    void close() {
        leases.forEach(SchemaShelf.Lease::close);
        registry.close();
    }

    @Test
    void asksOnceForAllThatReadAndWriteASource() {
        registry.answer(ID_7, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        SchemaShelf.Lease writer = lease(LONG, OutagePolicy.Then.FAIL);

        assertThat(reader.isKnown(7)).isFalse();
        assertThat(writer.schema(7)).isEqualTo(TEXT);
        assertThat(reader.schema(7)).isEqualTo(TEXT);
        assertThat(reader.isKnown(7)).isTrue();
        assertThat(reader.isForGood(7)).isTrue();
        assertThat(registry.requests()).containsExactly(ID_7);
    }

    @Test
    void wakesUpWhoeverWantsASchemaWhenItCame() throws InterruptedException {
        registry.answer(ID_7, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> news.add("known: " + reader.isKnown(7)));

        assertThat(reader.isKnown(7)).isFalse();

        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("known: true");
        assertThat(reader.trouble(7)).isEmpty();
    }

    @Test
    void waitsAnOutageOutAndTellsOnceThatThereIsOne() throws InterruptedException {
        registry.answer(ID_7, 500, "boom")
                .answer(ID_7, 200, "<html>starting</html>")
                .answer(ID_7, 404, "<html>no backend</html>")
                .answer(ID_7, 200, "{'hello': 'world'}")
                .answer(ID_7, 401, "")
                .answer(ID_7, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> news.add("known: " + reader.isKnown(7)));

        reader.isKnown(7);

        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("known: false");
        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("known: true");
        assertThat(reader.schema(7)).isEqualTo(TEXT);
        assertThat(registry.requests()).hasSize(6);
    }

    @Test
    void oneSchemaThatCanNotBeSaidHoldsUpNoOther() {
        registry.answer(ID_7, 500, "");
        registry.answer(ID_8, 500, "").answer(ID_8, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);

        reader.isKnown(7);

        assertThat(reader.schema(8)).isEqualTo(TEXT);
        assertThat(reader.isKnown(7)).isFalse();
    }

    @Test
    void saysWhatTheRegistryAnswersToAnIdThatCanNotBeSaid() throws InterruptedException {
        answerWithin = Duration.ofMillis(50);
        registry.neverAnswer(ID_7);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> news.add("news"));

        reader.isKnown(7);
        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("news");

        SchemaTrouble trouble = reader.trouble(7).orElseThrow();
        assertThat(trouble.reason())
                .isEqualTo("the registry at `" + registry.url()
                        + "` can't say schema id 7: it does not answer within 50 ms");
        assertThat(trouble.verdict()).isEqualTo(SchemaTrouble.Verdict.WAIT);
    }

    @Test
    void givesUpWhenTheFileSaysSo() throws InterruptedException {
        FakeTime fake = new FakeTime();
        time = fake;
        registry.answer(ID_7, 503, "");
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> reader.trouble(7).ifPresent(now -> news.add(now.verdict() + " " + reader.isKnown(7))));

        reader.isKnown(7);

        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("WAIT false");
        fake.pass(LONG);
        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("FAIL false");
        assertThatThrownBy(() -> reader.schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessageMatching("the registry at `" + registry.url()
                        + "` can't say schema id 7: it answers with HTTP status 503; tried for \\d+ seconds");
    }

    @Test
    void goesOnWithoutASchemaWhenTheFileSaysSoAndAsksOn() {
        registry.answer(ID_7, 503, "");
        SchemaShelf.Lease reader = lease(Duration.ofMillis(20), OutagePolicy.Then.QUARANTINE);

        assertThat(reader.schema(7))
                .isEqualTo(new RegistryAnswer.Unavailable("the registry at `" + registry.url()
                        + "` can't say schema id 7: it answers with HTTP status 503"));
        assertThat(reader.isKnown(7)).isTrue();
        assertThat(reader.isForGood(7)).isFalse();
        registry.answer(ID_7, 200, FOUND);
        Awaitility.await().untilAsserted(() -> assertThat(reader.schema(7)).isEqualTo(TEXT));
        assertThat(reader.isForGood(7)).isTrue();
    }

    @Test
    void believesThatAnIdIsUnknownForAShortTime() {
        FakeTime fake = new FakeTime();
        time = fake;
        registry.answer(ID_7, 404, "{'error_code': 40403, 'message': 'Schema not found'}");
        registry.answer(ID_7, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);

        assertThat(reader.schema(7)).isEqualTo(new RegistryAnswer.Unknown());
        fake.pass(KnownAnswers.UNKNOWN_IS_FRESH_FOR.minusNanos(1));
        assertThat(reader.isKnown(7)).isTrue();
        assertThat(reader.isForGood(7)).isFalse();
        assertThat(registry.requests()).hasSize(1);

        fake.pass(Duration.ofNanos(1));
        assertThat(reader.isKnown(7)).isFalse();
        Awaitility.await().untilAsserted(() -> assertThat(reader.schema(7)).isEqualTo(TEXT));
        assertThat(registry.requests()).hasSize(2);
    }

    /** Who has such a record already has waited; only the next one is worth asking for. */
    @Test
    void anIdThatWasUnknownNeverHoldsAWriter() {
        FakeTime fake = new FakeTime();
        time = fake;
        registry.answer(ID_7, 404, "{'error_code': 40403}").answer(ID_7, 503, "");
        SchemaShelf.Lease writer = lease(LONG, OutagePolicy.Then.FAIL);
        writer.schema(7);
        fake.pass(KnownAnswers.UNKNOWN_IS_FRESH_FOR);

        assertThat(writer.schema(7)).isEqualTo(new RegistryAnswer.Unknown());
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void doesNotAskForWhatWasPutBack() {
        registry.answer(ID_7, 503, "");
        SchemaShelf.Lease memory = lease(LONG, OutagePolicy.Then.FAIL);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        memory.learn(7, "text");
        memory.learn(7, "another");

        assertThat(reader.isKnown(7)).isTrue();
        assertThat(reader.schema(7)).isEqualTo(TEXT);
        assertThat(memory.definition(7)).contains("text");
        assertThat(memory.definition(8)).isEmpty();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void whoWaitsForASchemaGoesOnWhenItIsPutBack() throws InterruptedException {
        registry.answer(ID_7, 503, "");
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> news.add("known: " + reader.isKnown(7)));
        reader.isKnown(7);
        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("known: false");

        reader.learn(7, "text");

        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo("known: true");
        assertThat(reader.trouble(7)).isEmpty();
    }

    @Test
    void keepsNoDefinitionOfWhatCanNotBeRead() {
        registry.answer(ID_7, 404, "{'error_code': 40403}");
        registry.answer(ID_8, 200, "{'schemaType': 'PROTOBUF', 'schema': 'syntax'}");
        SchemaShelf.Lease memory = lease(LONG, OutagePolicy.Then.FAIL);
        memory.schema(7);
        memory.schema(8);

        assertThat(memory.definition(7)).isEmpty();
        assertThat(memory.definition(8)).isEmpty();
    }

    @Test
    void doesNotAskForANegativeId() {
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);

        assertThat(reader.isKnown(-1)).isTrue();
        assertThat(reader.schema(-1)).isEqualTo(new RegistryAnswer.Unknown());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void isClearedAwayWithItsLastUser() {
        registry.answer(ID_7, 200, FOUND);
        SchemaShelf.Lease first = SchemaShelf.lease(NAME, policy(LONG, OutagePolicy.Then.FAIL), this::client);
        SchemaShelf.Lease second = SchemaShelf.lease(NAME, policy(LONG, OutagePolicy.Then.FAIL), this::client);
        first.schema(7);
        first.close();
        assertThat(second.schema(7)).isEqualTo(TEXT);
        assertThat(registry.requests()).hasSize(1);
        second.close();

        assertThat(lease(LONG, OutagePolicy.Then.FAIL).schema(7)).isEqualTo(TEXT);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void anotherRunHasAShelfOfItsOwn() {
        registry.answer(ID_7, 200, FOUND);
        lease(LONG, OutagePolicy.Then.FAIL).schema(7);

        SchemaShelf.Lease next = SchemaShelf.lease(
                new ShelfName("shop", 2, "events"), policy(LONG, OutagePolicy.Then.FAIL), this::client);
        leases.add(next);
        next.schema(7);

        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        registry.neverAnswer(ID_7);
        SchemaShelf.Lease writer = lease(LONG, OutagePolicy.Then.FAIL);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writer.schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessage("schema id 7 is not known (stopped while waiting for it)");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theLeastUsedTextGoesFirst() {
        KnownAnswers answers = new KnownAnswers(new FakeTime(), 10);
        answers.put(1, new RegistryAnswer.Found("12345"));
        answers.put(2, new RegistryAnswer.Found("12345"));
        answers.last(1);
        answers.put(3, new RegistryAnswer.Found("1"));

        assertThat(answers.isFresh(1)).isTrue();
        assertThat(answers.isFresh(2)).isFalse();
        assertThat(answers.isFresh(3)).isTrue();
    }

    private SchemaShelf.Lease lease(Duration wait, OutagePolicy.Then then) {
        SchemaShelf.Lease lease = SchemaShelf.lease(NAME, policy(wait, then), this::client);
        leases.add(lease);
        return lease;
    }

    private static OutagePolicy policy(Duration wait, OutagePolicy.Then then) {
        return new OutagePolicy(wait, then);
    }

    private RegistryClient client() {
        return new RegistryClient(
                RegistryServers.of(RegistryUrl.of(new Text(registry.url()), raw -> raw)),
                new Patience(answerWithin, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(5), time));
    }
}
