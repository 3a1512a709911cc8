package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.reference.Text;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeTime;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which other versions a schema stands among, and who asks for them how often. */
class SubjectHistoryTest {

    private static final String USES_OF_7 = "/schemas/ids/7/versions";
    private static final String UNKNOWN = "{'error_code': 40403, 'message': 'Schema 7 not found'}";
    private static final Set<String> ORDERS = Set.of("orders-value");
    private static final RegistryAccess ACCESS =
            new RegistryAccess(List.of(new Text("http://registry")), new RegistryLogin.OfTheUrl(), TlsFiles.none());
    private static final SchemaHistory ALONE =
            new SchemaHistory(List.of(), List.of(), new SubjectUse("orders-value", 1));
    private static final Duration LONG = Duration.ofMinutes(10);

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeTime time = new FakeTime();
    private final List<SchemaShelf.Lease> leases = new ArrayList<>();

    @AfterEach
    void close() {
        leases.forEach(SchemaShelf.Lease::close);
        registry.close();
    }

    @Test
    void isWhatStandsBeforeAndBehindTheSchemaInItsSubject() throws Rejected {
        uses(7, "orders-value 2");
        versions("orders-value", 5, 7, 9);

        assertThat(history(lease(), 7, ORDERS))
                .isEqualTo(new SchemaHistory(
                        List.of(schema("orders-value 1")),
                        List.of(schema("orders-value 3")),
                        new SubjectUse("orders-value", 2)));
        assertThat(registry.requests())
                .as("deleted versions too, and not the schema itself")
                .containsExactly(
                        "/schemas/ids/7/versions?deleted=true",
                        "/subjects/orders-value/versions?deleted=true",
                        "/subjects/orders-value/versions",
                        "/subjects/orders-value/versions/1?deleted=true",
                        "/subjects/orders-value/versions/3?deleted=true");
    }

    @Test
    void saysWhichVersionsWereDeleted() throws Rejected {
        uses(7, "orders-value 2");
        versions("orders-value", 5, 7, 9, 11);
        registry.answer("/subjects/orders-value/versions?deleted=true", 200, "[1, 2, 3, 4]");
        registry.forget("/subjects/orders-value/versions").answer("/subjects/orders-value/versions", 200, "[2, 4]");

        SchemaHistory history = history(lease(), 7, ORDERS);

        assertThat(history.before()).containsExactly(deleted("orders-value 1"));
        assertThat(history.after()).containsExactly(deleted("orders-value 3"), schema("orders-value 4"));
    }

    @Test
    void ofADeletedSubjectAllAre() throws Rejected {
        uses(7, "orders-value 2");
        versions("orders-value", 5, 7);
        registry.answer("/subjects/orders-value/versions?deleted=true", 200, "[1, 2]");
        registry.forget("/subjects/orders-value/versions")
                .answer("/subjects/orders-value/versions", 404, "{'error_code': 40401}");

        assertThat(history(lease(), 7, ORDERS).before()).containsExactly(deleted("orders-value 1"));
    }

    @Test
    void isThatOfTheLikelySubjectWhereTheSchemaIsUnderSeveral() throws Rejected {
        uses(7, "audit-value 3", "orders-value 2", "zoo-value 1");
        versions("orders-value", 5, 7);
        versions("audit-value", 1, 2, 7);

        assertThat(history(lease(), 7, ORDERS).before()).containsExactly(schema("orders-value 1"));
    }

    @Test
    void aSchemaThatIsSupposedIsBehindAllVersionsOfItsSubjectAndNobodyIsAskedForItself() throws Rejected {
        versions("orders-value", 5, 7);

        SchemaShelf.Lease lease = lease();
        int first = lease.suppose("orders-value", "\"int\"");
        int second = lease.suppose("refunds-value", "\"long\"");

        assertThat(lease.schema(first)).isEqualTo(new RegistryAnswer.Found("\"int\""));
        assertThat(lease.schema(second)).isEqualTo(new RegistryAnswer.Found("\"long\""));
        assertThat(history(lease, first, Set.of("refunds-value")))
                .isEqualTo(new SchemaHistory(
                        List.of(schema("orders-value 1"), schema("orders-value 2")),
                        List.of(),
                        new SubjectUse("orders-value", SchemaHistory.NO_NUMBER)));
        assertThat(registry.requests())
                .containsExactly(
                        "/subjects/orders-value/versions?deleted=true",
                        "/subjects/orders-value/versions",
                        "/subjects/orders-value/versions/1?deleted=true",
                        "/subjects/orders-value/versions/2?deleted=true");
    }

    /** A topic that is a copy of another begins with the newest schema alone. */
    @Test
    void ofSubjectsThatAreAsLikelyIsTheOneThatHasTheLongestHistory() throws Rejected {
        uses(7, "eu-0-value 1", "eu-2-value 2", "eu-1-value 2");
        versions("eu-0-value", 7);
        versions("eu-1-value", 5, 7);
        versions("eu-2-value", 6, 7);

        assertThat(history(lease(), 7, Set.of("eu-0-value", "eu-1-value", "eu-2-value"))
                        .before())
                .containsExactly(schema("eu-1-value 1"));
        assertThat(history(lease(), 7, Set.of("none-is-called-so")).before()).containsExactly(schema("eu-1-value 1"));
    }

    /** A stream's own is not another's, however long that is; but their records may go to one table. */
    @Test
    void theStreamsOwnSubjectComesBeforeThoseOfStreamsThatAreReadAlike() throws Rejected {
        uses(7, "audit-value 2", "eu-value 1", "us-value 3", "zoo-value 9");
        versions("eu-value", 7);
        versions("us-value", 4, 5, 7);
        versions("audit-value", 6, 7);

        List<SchemaHistory> histories = lease().histories(
                        7, new SubjectGuess(Set.of("eu-value"), Set.of("us-value", "audit-value", "eu-value")));

        assertThat(histories)
                .containsExactly(
                        new SchemaHistory(List.of(), List.of(), new SubjectUse("eu-value", 1)),
                        new SchemaHistory(
                                List.of(schema("us-value 1"), schema("us-value 2")),
                                List.of(),
                                new SubjectUse("us-value", 3)),
                        new SchemaHistory(
                                List.of(schema("audit-value 1")), List.of(), new SubjectUse("audit-value", 2)));
    }

    @Test
    void whatWasRegisteredAnewStandsWhereItDidLast() throws Rejected {
        uses(7, "orders-value 1", "orders-value 3");
        versions("orders-value", 7, 8, 7);

        assertThat(history(lease(), 7, ORDERS))
                .isEqualTo(new SchemaHistory(
                        List.of(schema("orders-value 1"), schema("orders-value 2")),
                        List.of(),
                        new SubjectUse("orders-value", 3)));
    }

    @Test
    void aSchemaThatNoVersionHasAnyMoreIsPlacedByItsId() throws Rejected {
        registry.answer(USES_OF_7, 404, UNKNOWN);
        registry.answer("/subjects/absent-value/versions", 404, "{'error_code': 40401}");
        versions("orders-value", 5, 6, 9);

        assertThat(history(lease(), 7, Set.of("orders-value", "absent-value")))
                .isEqualTo(new SchemaHistory(
                        List.of(schema("orders-value 1"), schema("orders-value 2")),
                        List.of(schema("orders-value 3")),
                        new SubjectUse("orders-value", SchemaHistory.NO_NUMBER)));
    }

    @Test
    void aSchemaThatIsNewerThanAllVersionsStandsBehindThem() throws Rejected {
        registry.answer(USES_OF_7, 200, "[]");
        versions("orders-value", 5, 6);

        assertThat(history(lease(), 7, ORDERS).before())
                .containsExactly(schema("orders-value 1"), schema("orders-value 2"));
    }

    @Test
    void isEmptyWhereNoSubjectIsKnown() throws Rejected {
        registry.answer(USES_OF_7, 404, UNKNOWN);
        registry.answer("/subjects/orders-value/versions", 404, "{'error_code': 40401}");

        assertThat(history(lease(), 7, ORDERS)).isEqualTo(SchemaHistory.NONE);
    }

    @Test
    void asksForAVersionOnce() throws Rejected {
        uses(7, "orders-value 2");
        uses(5, "orders-value 1");
        versions("orders-value", 5, 7, 9);
        history(lease(), 7, ORDERS);
        int asked = registry.requests().size();

        assertThat(history(lease(), 5, ORDERS).after())
                .containsExactly(schema("orders-value 2"), schema("orders-value 3"));
        assertThat(registry.requests().subList(asked, registry.requests().size()))
                .containsExactly(
                        "/schemas/ids/5/versions?deleted=true",
                        "/subjects/orders-value/versions?deleted=true",
                        "/subjects/orders-value/versions",
                        "/subjects/orders-value/versions/2?deleted=true");
    }

    @Test
    void forgetsASubjectThatWasRemovedForGoodAndBegunAnew() throws Rejected {
        uses(7, "orders-value 3");
        versions("orders-value", 5, 6, 7);
        history(lease(), 7, ORDERS);
        uses(20, "orders-value 2");
        registry.forget("/subjects/orders-value/versions").forget("/subjects/orders-value/versions/1");
        registry.answer("/subjects/orders-value/versions", 200, "[1, 2]");
        registry.answer("/subjects/orders-value/versions/1", 200, version("new 1", 19));

        assertThat(history(lease(), 20, ORDERS).before()).containsExactly(schema("new 1"));
    }

    @Test
    void oneAsksForAllThatMeetASchemaAtOnce() throws Exception {
        uses(7, "orders-value 2");
        versions("orders-value", 5, 7, 9);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<SchemaHistory>> tables = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                SchemaShelf.Lease lease = lease();
                tables.add(() -> history(lease, 7, ORDERS));
            }
            for (Future<SchemaHistory> table : threads.invokeAll(tables)) {
                assertThat(table.get().after()).containsExactly(schema("orders-value 3"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(registry.requests()).hasSize(5);
    }

    /** Who does not know of a newer version could take an old one for the newest. */
    @Test
    void asksAgainForWhatMayHaveChanged() throws Rejected {
        uses(7, "orders-value 1");
        registry.answer("/subjects/orders-value/versions", 200, "[1]");
        versions("orders-value", 7, 8);

        assertThat(history(lease(), 7, ORDERS)).isEqualTo(ALONE);
        assertThat(history(lease(), 7, ORDERS).after())
                .as("for who came when it was asked")
                .isEmpty();

        time.pass(Duration.ofNanos(1));

        assertThat(history(lease(), 7, ORDERS).after()).containsExactly(schema("orders-value 2"));
    }

    @Test
    void waitsAnOutageOut() throws Rejected {
        registry.answer(USES_OF_7, 503, "");
        uses(7, "orders-value 1");
        registry.answer("/subjects/orders-value/versions", 500, "");
        registry.answer("/subjects/orders-value/versions/2", 200, "<html>starting</html>");
        versions("orders-value", 7, 8);

        assertThat(history(lease(), 7, ORDERS).after()).containsExactly(schema("orders-value 2"));
        assertThat(time.pauses()).hasSize(3);
    }

    @Test
    void givesUpWhenTheFileSaysSo() {
        registry.answer(USES_OF_7, 200, "[{'subject': 'orders-value'}]");

        assertThatThrownBy(() -> history(lease(LONG, OutagePolicy.Then.FAIL), 7, ORDERS))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry at `" + registry.url() + "` can't say the other versions of schema id 7:"
                        + " it answers with a version that has no subject or number; tried for 600 seconds");
    }

    @Test
    void goesOnWithoutWhenTheFileSaysSoAndTriesAgainForLaterRecords() throws Rejected {
        registry.answer(USES_OF_7, 503, "");
        SchemaShelf.Lease writer = lease(LONG, OutagePolicy.Then.QUARANTINE);

        Rejected rejected = rejected(writer);
        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_UNAVAILABLE);
        assertThat(rejected.reason())
                .isEqualTo("the registry at `" + registry.url()
                        + "` can't say the other versions of schema id 7: it answers with HTTP status 503");
        int asked = registry.requests().size();
        int waited = time.pauses().size();
        assertThat(rejected(writer).reason()).isEqualTo(rejected.reason());
        assertThat(registry.requests()).as("nobody asks at each record").hasSize(asked);
        assertThat(time.pauses()).as("nobody waits again").hasSize(waited);

        registry.forget(USES_OF_7);
        uses(7, "orders-value 1");
        versions("orders-value", 7);
        time.pass(LONG);

        assertThat(history(writer, 7, ORDERS)).isEqualTo(ALONE);
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        registry.answer(USES_OF_7, 503, "");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> history(lease(), 7, ORDERS))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the other versions of schema id 7 are not known (stopped while waiting for them)");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Rejected rejected(SchemaShelf.Lease writer) {
        return Objects.requireNonNull(catchThrowableOfType(Rejected.class, () -> history(writer, 7, ORDERS)));
    }

    private static SchemaHistory history(SchemaShelf.Lease lease, int id, Set<String> likely) throws Rejected {
        return lease.histories(id, new SubjectGuess(likely, likely)).get(0);
    }

    /** @param uses subject and version, with a space in between */
    private void uses(int id, String... uses) {
        List<String> pairs = new ArrayList<>();
        for (String use : uses) {
            int space = use.indexOf(' ');
            pairs.add("{'subject': '" + use.substring(0, space) + "', 'version': " + use.substring(space + 1) + "}");
        }
        registry.answer("/schemas/ids/" + id + "/versions", 200, "[" + String.join(", ", pairs) + "]");
    }

    /** The subject's versions from 1 on, each with its id. */
    private void versions(String subject, int... ids) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            numbers.add(String.valueOf(i + 1));
            registry.answer(
                    "/subjects/" + subject + "/versions/" + (i + 1), 200, version(subject + " " + (i + 1), ids[i]));
        }
        registry.answer("/subjects/" + subject + "/versions", 200, "[" + String.join(", ", numbers) + "]");
    }

    private static String version(String schema, int id) {
        int space = schema.indexOf(' ');
        return "{'subject': '" + schema.substring(0, space) + "', 'version': " + schema.substring(space + 1)
                + ", 'id': " + id + ", 'schema': '" + schema + "'}";
    }

    private static SchemaHistory.Version schema(String text) {
        return new SchemaHistory.Version(new RegistryAnswer.Found(text), false, number(text));
    }

    private static SchemaHistory.Version deleted(String text) {
        return new SchemaHistory.Version(new RegistryAnswer.Found(text), true, number(text));
    }

    /** Texts end with the numbers of their versions. */
    private static int number(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    }

    private SchemaShelf.Lease lease() {
        return lease(LONG, OutagePolicy.Then.FAIL);
    }

    private SchemaShelf.Lease lease(Duration wait, OutagePolicy.Then then) {
        SchemaShelf.Lease lease = SchemaShelf.lease(
                new ShelfName("history", 1, registry.url()), ACCESS, new OutagePolicy(wait, then), this::client);
        leases.add(lease);
        return lease;
    }

    private RegistryClient client() {
        return new RegistryClient(
                RegistryServers.of(RegistryUrl.of(new Text(registry.url()), raw -> raw)),
                new Patience(
                        Duration.ofSeconds(10), Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(30), time));
    }
}
