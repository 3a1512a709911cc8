package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeTime;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private static final String ID_7 = "/schemas/ids/7";
    private static final String LATEST = "/subjects/orders-value/versions/latest";

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeTime time = new FakeTime();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void findsASchemaById() {
        registry.answer(ID_7, 200, "{'schema': 'text'}");

        assertThat(client().schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(registry.requests()).containsExactly(ID_7);
    }

    @Test
    void findsTheLatestVersionAndAsksEachTime() {
        registry.answer(
                LATEST,
                200,
                "{'subject': 'orders-value', 'version': 1, 'id': 7, 'schemaType': 'AVRO', 'schema': 'one', 'references': []}");
        registry.answer(LATEST, 200, "{'subject': 'orders-value', 'version': 2, 'id': 8, 'schema': 'two'}");
        RegistryClient client = client();

        assertThat(client.latest("orders-value")).isEqualTo(new RegistryAnswer.Found("one"));
        assertThat(client.latest("orders-value")).isEqualTo(new RegistryAnswer.Found("two"));
    }

    @Test
    void keepsThePathOfTheUrlAndEncodesTheSubject() {
        registry.answer("/apis/ccompat/v7/subjects/a%20b%2Fc-value/versions/latest", 200, "{'schema': 'text'}");
        RegistryClient client = new RegistryClient(url(registry.url() + "/apis/ccompat/v7/"), patience(Duration.ZERO));

        assertThat(client.latest("a b/c-value")).isEqualTo(new RegistryAnswer.Found("text"));
    }

    @Test
    void sendsTheUrlsUserAsBasicAuthentication() {
        registry.answer(ID_7, 200, "{'schema': 'text'}");
        String withUser = registry.url().replace("http://", "http://firn:p%40ss@");
        RegistryClient client = new RegistryClient(url(withUser), patience(Duration.ZERO));

        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(registry.requests()).containsExactly(ID_7 + " Basic ZmlybjpwQHNz");
    }

    @Test
    void knowsEachCodeOfWhatIsNotThere() {
        for (int code : List.of(40401, 40402, 40403)) {
            String subject = "s" + code;
            registry.answer("/subjects/" + subject + "/versions/latest", 404, "{'error_code': " + code + "}");

            assertThat(client().latest(subject)).isEqualTo(new RegistryAnswer.Unknown());
        }
    }

    @Test
    void refusesOtherTypes() {
        registry.answer(ID_7, 200, "{'schemaType': 'XML', 'schema': 'syntax'}");

        assertThat(client().schema(7))
                .isEqualTo(new RegistryAnswer.Unsupported(
                        "schema id 7 is of type `XML`, and only AVRO, JSON, PROTOBUF are read"));
    }

    @Test
    void findsOneVersionOfASubject() {
        registry.answer("/subjects/orders-value/versions/3", 200, "{'version': 3, 'schema': 'three'}");
        registry.answer("/subjects/orders-value/versions/4", 404, "{'error_code': 40402}");

        assertThat(client().version("orders-value", 3)).isEqualTo(new RegistryAnswer.Found("three"));
        assertThat(client().version("orders-value", 4)).isEqualTo(new RegistryAnswer.Unknown());
    }

    @Test
    void listsTheSubjectsWithAPrefixWhetherTheRegistryHeedsItOrNot() {
        registry.answer("/subjects", 200, "['orders-a.B', 'other', 'orders-c']");

        assertThat(client().subjects("orders-")).containsExactly("orders-a.B", "orders-c");
        assertThat(client().subjects("a&b c")).isEmpty();
        assertThat(registry.requests())
                .containsExactly("/subjects?subjectPrefix=orders-", "/subjects?subjectPrefix=a%26b%20c");
    }

    @Test
    void waitsAnOutageOut() {
        registry.answer(ID_7, 500, "boom")
                .answer(ID_7, 200, "<html>starting</html>")
                .answer(ID_7, 404, "<html>no backend</html>")
                .answer(ID_7, 200, "{'hello': 'world'}")
                .answer(ID_7, 200, "{'schema': 'text'}");
        RegistryClient client = new RegistryClient(url(registry.url()), patience(Duration.ofMinutes(10)));

        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(registry.requests()).hasSize(5);
        assertThat(time.pauses()).hasSize(4);
        assertPauseBetween(time.pauses().get(0), 100, 200);
        assertPauseBetween(time.pauses().get(1), 200, 400);
        assertPauseBetween(time.pauses().get(3), 500, 1_000);
    }

    @Test
    void givesUpAtTheLimit() {
        registry.answer(ID_7, 503, "");
        RegistryClient client = new RegistryClient(url(registry.url()), patience(Duration.ofSeconds(5)));

        assertOutside(
                () -> client.schema(7),
                "the registry at `" + registry.url()
                        + "` can't say schema id 7: it answers with HTTP status 503 (tried for 5 seconds)");
        assertThat(time.nanoTime()).isBetween(5_000_000_000L, 6_000_000_000L);
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        registry.answer(ID_7, 503, "");
        Patience interrupted = new Patience(
                Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMillis(1), Duration.ofMillis(1), new Time() {
                    @Override
                    public long nanoTime() {
                        return 0;
                    }

                    @Override
                    public void pause(Duration duration) throws InterruptedException {
                        throw new InterruptedException();
                    }
                });
        RegistryClient client = new RegistryClient(url(registry.url()), interrupted);

        assertOutside(
                () -> client.schema(7),
                "the registry at `" + registry.url()
                        + "` can't say schema id 7: it answers with HTTP status 503 (stopped while waiting for it)");
        assertThat(Thread.interrupted()).isTrue();
    }

    private RegistryClient client() {
        return new RegistryClient(url(registry.url()), patience(Duration.ZERO));
    }

    private Patience patience(Duration limit) {
        return new Patience(Duration.ofSeconds(10), limit, Duration.ofMillis(200), Duration.ofSeconds(1), time);
    }

    private static RegistryServers url(String url) {
        return RegistryServers.of(RegistryUrl.of(new Text(url), raw -> raw));
    }

    private static void assertPauseBetween(Duration pause, long least, long most) {
        assertThat(pause.toMillis()).isBetween(least, most);
    }

    private static void assertOutside(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(OutsideException.class).hasMessage(message);
    }
}
