package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.testing.Certificates;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryServersTest {

    private static final String ID_7 = "/schemas/ids/7";
    private static final ReferenceResolver REFERENCES = new SystemReferences(
            Map.of("SR_USER", "firn", "SR_PASSWORD", "p@ss:w,ö", "SR_TOKEN", "abc.def\n", "URL", "http://u:p@sr"),
            Path.of("."));

    private final FakeRegistry first = new FakeRegistry();
    private final FakeRegistry second = new FakeRegistry();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void isTheSameRegistryInWhateverOrderAndForWhomever() {
        assertThat(origin("http://a:1,http://b:2")).isEqualTo(origin("http://b:2, http://me:secret@a:1"));
        assertThat(origin("http://a:1")).isNotEqualTo(origin("http://a:2")).matches("[0-9a-f]{16}");
    }

    private static String origin(String urls) {
        return RegistryServers.of(RegistryOptions.at(new Text(urls)).access(), raw -> raw)
                .origin();
    }

    @Test
    void areAskedWithTheUserOfTheFile() {
        first.answer(ID_7, 200, "{'schema': 'text'}");
        RegistryLogin login = new RegistryLogin.Basic(new Text("${env:SR_USER}"), new Text("${secret:sr-password}"));

        assertThat(client(login, first.url()).schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(first.requests()).containsExactly(ID_7 + " Basic ZmlybjpwQHNzOncsw7Y=");
    }

    @Test
    void areAskedWithTheTokenOfTheFile() {
        first.answer(ID_7, 200, "{'schema': 'text'}");

        client(new RegistryLogin.Bearer(new Text("${secret:sr-token}")), first.url())
                .schema(7);

        assertThat(first.requests()).containsExactly(ID_7 + " Bearer abc.def");
    }

    /** Java's client would refuse it with a sentence that quotes it. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cret\nx", "s3cret\u20ac", "s3cret\u00e9", "s3cret\u007f", "\n"})
    void refuseATokenThatNoHeaderCanCarryAndDoNotShowIt(String token) {
        RegistryLogin login = new RegistryLogin.Bearer(new Text("${secret:t}"));

        assertThatThrownBy(() -> login.header(new SystemReferences(Map.of("T", token), Path.of("."))))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "the `token` of the registry is not one line of ASCII, and a header can't carry anything else");
    }

    @ParameterizedTest
    @CsvSource({"USER_OF_TWO_LINES, PLAIN", "PLAIN, USER_OF_TWO_LINES"})
    void refuseAUserThatBasicAuthenticationDoesNotAllow(String user, String password) {
        RegistryLogin login =
                new RegistryLogin.Basic(new Text("${env:" + user + "}"), new Text("${env:" + password + "}"));
        ReferenceResolver references =
                new SystemReferences(Map.of("USER_OF_TWO_LINES", "fi\nrn", "PLAIN", "x"), Path.of("."));

        assertThatThrownBy(() -> login.header(references))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "`username` or `password` of the registry has a line break or another control character, which"
                                + " basic authentication does not allow");
    }

    @Test
    void refuseTwoUsers() {
        RegistryLogin login = new RegistryLogin.Bearer(new Text("t"));

        assertThatThrownBy(() -> client(login, "${env:URL}"))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "the registry's url `http://sr` holds a user, and the file says another one: remove one of the two");
    }

    @Test
    void refuseFilesForTlsWithoutTls(@TempDir Path folder) {
        String certificate = new Certificates(folder).make("authority", "EC").file("authority.pem");
        RegistryAccess access = new RegistryAccess(
                Stream.of(first.url(), second.url()).map(Text::new).toList(),
                new RegistryLogin.OfTheUrl(),
                new TlsFiles(Map.of(TlsFiles.Part.TRUSTED, new Text(certificate))));

        assertThatThrownBy(() -> RegistryServers.of(access, REFERENCES))
                .isInstanceOf(OutsideException.class)
                .hasMessage("`tls` is given, and no url of the registry begins with `https://`: `" + first.url()
                        + "` and `" + second.url() + "`");
    }

    @Test
    void theOneThatAnsweredIsAskedFirst() {
        first.answer(ID_7, 503, "").answer("/schemas/ids/8", 200, "{'schema': 'eight'}");
        second.answer(ID_7, 200, "{'schema': 'text'}")
                .answer("/schemas/ids/8", 200, "<html>")
                .answer("/schemas/ids/9", 404, "{'error_code': 40403}");
        RegistryClient client = client(new RegistryLogin.OfTheUrl(), first.url() + " , " + second.url());

        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(client.schema(8)).isEqualTo(new RegistryAnswer.Found("eight"));
        assertThat(first.requests()).containsExactly(ID_7, "/schemas/ids/8");
        assertThat(second.requests()).containsExactly(ID_7, "/schemas/ids/8");
    }

    @Test
    void anAnswerThatThereIsNoneIsAnAnswer() {
        first.answer(ID_7, 404, "{'error_code': 40403}");
        second.answer(ID_7, 404, "{'error_code': 40403}").answer(ID_7, 503, "");
        RegistryClient client = client(new RegistryLogin.OfTheUrl(), first.url(), second.url());

        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Unknown());
        assertThat(client.schema(7)).as("by all that answer").isEqualTo(new RegistryAnswer.Unknown());
        assertThat(second.requests()).hasSize(2);
    }

    @Test
    void aServerThatIsBehindTheOthersIsNotBelieved() {
        first.answer(ID_7, 404, "{'error_code': 40403}");
        second.answer(ID_7, 200, "{'schema': 'text'}");
        RegistryClient client = client(new RegistryLogin.OfTheUrl(), first.url(), second.url());

        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(client.schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
        assertThat(first.requests()).as("who knew it is asked first").hasSize(1);
    }

    @Test
    void sayWhatEachOfThemDoes() {
        second.close();
        first.answer(ID_7, 500, "");

        assertThatThrownBy(() -> client(new RegistryLogin.OfTheUrl(), first.url(), second.url())
                        .schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry at `" + first.url() + "` and `" + second.url() + "` can't say schema id 7: `"
                        + first.url() + "`: it answers with HTTP status 500; `" + second.url()
                        + "`: there is no connection to it");
    }

    @Test
    void aCommaInAPasswordPartsNoUrls() {
        RegistryServers servers = RegistryServers.of(
                new RegistryAccess(
                        Stream.of("http://u:a,b@sr:1,https://sr2/x")
                                .map(Text::new)
                                .toList(),
                        new RegistryLogin.OfTheUrl(),
                        TlsFiles.none()),
                REFERENCES);

        assertThat(servers.urls()).extracting(RegistryUrl::base).containsExactly("http://sr:1", "https://sr2/x");
        assertThat(servers.urls().get(0).authorization()).contains("Basic dTphLGI=");
    }

    @Test
    void travelWithReferencesUnresolved() throws IOException, ClassNotFoundException {
        RegistryAccess access = new RegistryAccess(
                Stream.of("${env:NOT_SET}").map(Text::new).toList(),
                new RegistryLogin.Basic(new Text("u"), new Text("${secret:p}")),
                new TlsFiles(Map.of(TlsFiles.Part.TRUSTED, new Text("ca.pem"))));
        ByteArrayOutputStream travelling = new ByteArrayOutputStream();
        new ObjectOutputStream(travelling).writeObject(access);

        assertThat(new ObjectInputStream(new ByteArrayInputStream(travelling.toByteArray())).readObject())
                .isEqualTo(access);
    }

    private static RegistryClient client(RegistryLogin login, String... urls) {
        RegistryAccess access =
                new RegistryAccess(Stream.of(urls).map(Text::new).toList(), login, TlsFiles.none());
        return new RegistryClient(RegistryServers.of(access, REFERENCES), Patience.none());
    }
}
