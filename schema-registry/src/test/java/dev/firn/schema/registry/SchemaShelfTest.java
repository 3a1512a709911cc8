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
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaShelfTest {

    private static final String ID_7 = "/schemas/ids/7";
    private static final String ID_8 = "/schemas/ids/8";
    private static final String FOUND = "{'schema': 'text'}";
    private static final RegistryAnswer TEXT = new RegistryAnswer.Found("text");
    private static final ShelfName NAME = new ShelfName("shop", 1, "events");
    private static final RegistryAccess ACCESS =
            new RegistryAccess(List.of(new Text("http://registry")), new RegistryLogin.OfTheUrl(), TlsFiles.none());
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
        registry.answer(ID_7, 404, "{'error_code': 40403, 'message': 'Schema not found'}");
        registry.answer(ID_7, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);

        awaitTheSecondLook(reader, fake);
        assertThat(reader.schema(7)).isEqualTo(new RegistryAnswer.Unknown());
        fake.pass(KnownAnswers.UNKNOWN_IS_FRESH_FOR.minusSeconds(1));
        assertThat(reader.isKnown(7)).isTrue();
        assertThat(reader.isForGood(7)).isFalse();
        assertThat(registry.requests()).hasSize(2);

        fake.pass(Duration.ofSeconds(1));
        assertThat(reader.isKnown(7)).isFalse();
        Awaitility.await().untilAsserted(() -> assertThat(reader.schema(7)).isEqualTo(TEXT));
        assertThat(registry.requests()).hasSize(3);
    }

    /** A follower may be a moment behind its leader, and a balancer may stand in front of both. */
    @Test
    void asksOnceMoreForAnIdThatIsDenied() {
        registry.answer(ID_7, 404, "{'error_code': 40403}").answer(ID_7, 200, FOUND);

        assertThat(lease(LONG, OutagePolicy.Then.FAIL).schema(7)).isEqualTo(TEXT);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void waitsASecondBeforeItAsksOnceMore() {
        assertThat(Patience.atRunTime().beforeSecondLook()).isEqualTo(Duration.ofSeconds(1));
    }

    /** A topic whose frames are noise must not stand still for a second at each record. */
    @Test
    void asksOnceMoreForSomeIdsAMinuteOnly() {
        FakeTime fake = new FakeTime();
        SecondLooks looks = new SecondLooks(fake);
        for (int look = 0; look < 10; look++) {
            assertThat(looks.areWorthIt()).isTrue();
            looks.wasInVain();
        }
        assertThat(looks.areWorthIt()).isFalse();

        fake.pass(Duration.ofMinutes(1));
        assertThat(looks.areWorthIt()).isTrue();
        looks.wasInVain();
        assertThat(looks.areWorthIt()).isTrue();
    }

    @Test
    void believesAtOnceWhatNoSecondLookIsWorth() {
        time = new FakeTime();
        IntStream.rangeClosed(1, 11).forEach(id -> registry.answer("/schemas/ids/" + id, 404, "{'error_code': 40403}"));
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        for (int id = 1; id <= 10; id++) {
            int next = id;
            reader.isKnown(id);
            Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
                ((FakeTime) time).pass(Duration.ofMillis(5));
                return reader.isKnown(next);
            });
        }
        reader.isKnown(11);
        Awaitility.await().until(() -> reader.isKnown(11));

        assertThat(registry.requests()).hasSize(21);
    }

    private static void awaitTheSecondLook(SchemaShelf.Lease reader, FakeTime fake) {
        Awaitility.await().until(() -> {
            fake.pass(Duration.ofMillis(5));
            return reader.isKnown(7);
        });
    }

    /** Who has such a record already has waited; only the next one is worth asking for. */
    @Test
    void anIdThatWasUnknownNeverHoldsAWriter() {
        FakeTime fake = new FakeTime();
        time = fake;
        String denied = "{'error_code': 40403}";
        registry.answer(ID_7, 404, denied).answer(ID_7, 404, denied).answer(ID_7, 503, "");
        SchemaShelf.Lease writer = lease(LONG, OutagePolicy.Then.FAIL);
        awaitTheSecondLook(writer, fake);
        fake.pass(KnownAnswers.UNKNOWN_IS_FRESH_FOR);

        assertThat(writer.schema(7)).isEqualTo(new RegistryAnswer.Unknown());
        assertThat(registry.requests()).hasSize(2);
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
        registry.answer(ID_8, 200, "{'schemaType': 'XML', 'schema': 'syntax'}");
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
        SchemaShelf.Lease first = lease(LONG, OutagePolicy.Then.FAIL);
        SchemaShelf.Lease second = lease(LONG, OutagePolicy.Then.FAIL);
        leases.clear();
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

        lease(new ShelfName("shop", 2, "events"), ACCESS, policy(LONG, OutagePolicy.Then.FAIL))
                .schema(7);

        assertThat(registry.requests()).hasSize(2);
    }

    /** Two jobs of one name in a process, each with a registry of its own. */
    @Test
    void anotherRegistryOrPolicyHasAShelfOfItsOwn() {
        registry.answer(ID_7, 200, FOUND).answer(ID_7, 200, "{'schema': 'other'}");
        OutagePolicy policy = policy(LONG, OutagePolicy.Then.FAIL);
        RegistryAccess other =
                new RegistryAccess(List.of(new Text("http://other")), new RegistryLogin.OfTheUrl(), TlsFiles.none());
        assertThat(lease(NAME, ACCESS, policy).schema(7)).isEqualTo(TEXT);

        assertThat(lease(NAME, other, policy).schema(7)).isEqualTo(new RegistryAnswer.Found("other"));
        lease(NAME, ACCESS, policy(LONG, OutagePolicy.Then.QUARANTINE)).schema(7);
        assertThat(registry.requests()).hasSize(3);
    }

    /** The registry hangs, and what came earlier is asked for first. */
    @Test
    void givesUpOnWhatItHasNotComeToAskFor() throws InterruptedException {
        answerWithin = Duration.ofMillis(500);
        FakeTime fake = new FakeTime();
        time = fake;
        registry.neverAnswer(ID_7);
        registry.neverAnswer(ID_8);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(
                () -> reader.trouble(8).ifPresent(trouble -> news.add(trouble.verdict() + " " + trouble.reason())));
        reader.isKnown(7);
        reader.isKnown(8);
        fake.pass(LONG);

        assertThat(news.poll(30, TimeUnit.SECONDS))
                .isEqualTo(
                        "FAIL the registry at `" + registry.url() + "` can't say schema id 8: no answer has come yet");
    }

    @Test
    void asksOnAfterAnError() {
        registry.answer(ID_7, 503, "").answer(ID_7, 200, FOUND);
        registry.answer(ID_8, 200, FOUND);
        SchemaShelf.Lease reader = lease(LONG, OutagePolicy.Then.FAIL);
        reader.onNews(() -> {
            if (news.add("news") && news.size() < 3) {
                throw new LinkageError("a class is missing");
            }
        });
        reader.isKnown(7);
        Awaitility.await().dontCatchUncaughtExceptions().until(() -> reader.isKnown(7));

        assertThat(reader.schema(8)).isEqualTo(TEXT);
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
        assertThat(answers.isFresh(1)).isTrue();
        answers.put(3, new RegistryAnswer.Found("1"));

        assertThat(answers.isFresh(1)).isTrue();
        assertThat(answers.isFresh(2)).isFalse();
        assertThat(answers.isFresh(3)).isTrue();
    }

    private SchemaShelf.Lease lease(Duration wait, OutagePolicy.Then then) {
        return lease(NAME, ACCESS, policy(wait, then));
    }

    private SchemaShelf.Lease lease(ShelfName name, RegistryAccess access, OutagePolicy policy) {
        SchemaShelf.Lease lease = SchemaShelf.lease(name, access, policy, this::client);
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
