package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.schema.testing.FakeTime;
import dev.firn.schema.testing.ScriptedServer;
import dev.firn.schema.testing.ScriptedServer.Ending;
import dev.firn.schema.testing.ScriptedServer.Reply;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a registry, or what stands in front of it, can fail: what is said, and that it is waited out. */
class RegistryFailuresTest {

    private static final Reply GOOD = ScriptedServer.http(200, "", "{\"schema\": \"text\"}");

    private final FakeTime time = new FakeTime();

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("it does not answer within 400 ms", new Reply("", Ending.HANG)),
                failure(
                        "it does not answer within 400 ms",
                        new Reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"schema\":", Ending.HANG)),
                failure("it closes the connection without an answer", new Reply("", Ending.CLOSE)),
                failure(
                        "its answer breaks off",
                        new Reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"schema\":", Ending.CLOSE)),
                failure("it does not speak HTTP", new Reply("220 mail ESMTP\r\n\r\n", Ending.CLOSE)),
                failure("it answers with HTTP status 500", ScriptedServer.http(500, "", "boom")),
                failure(
                        "it answers with HTTP status 500",
                        ScriptedServer.http(500, "", "{\"error_code\": 50001, \"message\": \"Kafka is away\"}")),
                failure("it answers with HTTP status 502", ScriptedServer.http(502, "", "<html>")),
                failure("it answers with HTTP status 503", ScriptedServer.http(503, "", "")),
                failure("it answers with HTTP status 429", ScriptedServer.http(429, "Retry-After: 2\r\n", "")),
                failure("it answers with something that is not JSON", ScriptedServer.http(200, "", "<html>starting")),
                failure("it answers with something that is not JSON", ScriptedServer.http(200, "", "")),
                failure("it answers with something that is not JSON", ScriptedServer.http(200, "", "\"schema\"")),
                failure(
                        "it answers without a schema; the url may belong to something else",
                        ScriptedServer.http(200, "", "{\"hello\": \"world\"}")),
                failure(
                        "it answers without a schema; the url may belong to something else",
                        ScriptedServer.http(200, "", "[{\"schema\": \"text\"}]")),
                failure(
                        "it answers without a schema; the url may belong to something else",
                        ScriptedServer.http(200, "", "{\"schema\": {\"type\": \"record\"}}")),
                failure("it answers with id 8", ScriptedServer.http(200, "", "{\"schema\": \"text\", \"id\": 8}")),
                failure(
                        "it answers with a reference that has no name, subject or version",
                        ScriptedServer.http(200, "", "{\"schema\": \"text\", \"references\": [{\"name\": \"a.B\"}]}")),
                failure(
                        "its answer has more than 16 MiB",
                        ScriptedServer.http(200, "", "{\"schema\": \"" + "x".repeat(16 << 20) + "\"}")),
                failure(
                        "it refuses access with HTTP status 401",
                        ScriptedServer.http(401, "", "{\"error_code\": 401}")),
                failure("it refuses access with HTTP status 403", ScriptedServer.http(403, "", "")),
                failure(
                        "it redirects (HTTP status 302); write the url where it leads",
                        ScriptedServer.http(302, "Location: https://login.example/\r\n", "")),
                failure(
                        "it answers with HTTP status 404 and no registry's error code; the url may lack a path",
                        ScriptedServer.http(404, "", "<html>no backend</html>")),
                failure(
                        "it answers with HTTP status 404 and no registry's error code; the url may lack a path",
                        ScriptedServer.http(404, "", "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}")));
    }

    private static Arguments failure(String said, Reply reply) {
        return Arguments.of(said, reply);
    }

    @Timeout(30)
    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void areSaidAndWaitedOut(String said, Reply reply) throws IOException {
        // Java's client asks a second time by itself where a connection is closed without a word.
        List<Reply> script = reply.equals(new Reply("", Ending.CLOSE))
                ? List.of(reply, reply, reply, reply, GOOD)
                : List.of(reply, reply, GOOD);
        try (ScriptedServer server = new ScriptedServer(script)) {
            Duration within = Duration.ofMillis(reply.ending() == Ending.HANG ? 400 : 10_000);
            assertThatThrownBy(() -> client(server.url(), Duration.ZERO, within).schema(7))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("the registry at `" + server.url() + "` can't say schema id 7: " + said);
            assertThat(client(server.url(), Duration.ofMinutes(1), within).schema(7))
                    .isEqualTo(new RegistryAnswer.Found("text"));
        }
        assertThat(time.pauses()).isNotEmpty();
    }

    @Test
    void nobodyListensOrThereIsNoSuchHost() throws IOException {
        ScriptedServer gone = new ScriptedServer(List.of());
        gone.close();

        assertThatThrownBy(() -> client(gone, Duration.ZERO).schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry at `" + gone.url() + "` can't say schema id 7: there is no connection to it");
        assertThatThrownBy(
                        () -> client("http://registry.invalid", Duration.ZERO).schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "the registry at `http://registry.invalid` can't say schema id 7: its host name is not known");
    }

    @Test
    void aVersionThatWasNotAskedForIsNotTaken() throws IOException {
        Reply other = ScriptedServer.http(200, "", "{\"schema\": \"text\", \"id\": 9, \"version\": 2}");
        try (ScriptedServer server = new ScriptedServer(List.of(other, other))) {
            assertThatThrownBy(() -> client(server, Duration.ZERO).version("orders-value", 1))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("the registry at `" + server.url()
                            + "` can't say version 1 of subject `orders-value`: it answers with version 2");
            assertThat(client(server, Duration.ZERO).version("orders-value", 2))
                    .isEqualTo(new RegistryAnswer.Found("text"));
        }
    }

    @Test
    void isAskedAgainWhenItSaysSoWithinBounds() throws IOException {
        Reply soon = ScriptedServer.http(429, "Retry-After: 7\r\n", "");
        Reply atOnce = ScriptedServer.http(503, "Retry-After: 0\r\n", "");
        Reply nextYear = ScriptedServer.http(429, "Retry-After: 31536000\r\n", "");
        Reply aDate = ScriptedServer.http(429, "Retry-After: Fri, 31 Dec 2099 23:59:59 GMT\r\n", "");
        try (ScriptedServer server = new ScriptedServer(List.of(soon, atOnce, nextYear, aDate, GOOD))) {
            assertThat(client(server, Duration.ofMinutes(10)).schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        }

        assertThat(time.pauses()).hasSize(4);
        assertThat(time.pauses().get(0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(time.pauses().get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(time.pauses().get(2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(time.pauses().get(3)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_600));
    }

    private RegistryClient client(ScriptedServer server, Duration limit) {
        return client(server.url(), limit);
    }

    private RegistryClient client(String url, Duration limit) {
        return client(url, limit, Duration.ofSeconds(10));
    }

    private RegistryClient client(String url, Duration limit, Duration answerWithin) {
        Patience patience = new Patience(answerWithin, limit, Duration.ofMillis(200), Duration.ofSeconds(30), time);
        return new RegistryClient(RegistryServers.of(RegistryUrl.of(new Text(url), raw -> raw)), patience);
    }
}
