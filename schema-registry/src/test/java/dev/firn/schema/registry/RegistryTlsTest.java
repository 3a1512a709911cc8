package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.registry.TlsFiles.Part;
import dev.firn.schema.testing.Certificates;
import dev.firn.schema.testing.ScriptedServer;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections over TLS to servers that are real but for what they answer. */
class RegistryTlsTest {

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static HttpsServer open;
    private static HttpsServer mutual;
    private static HttpsServer older;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws IOException {
        certificates = new Certificates(folder)
                .make("server", "EC")
                .make("firn", "RSA")
                .make("stranger", "EC")
                .trustedInAnOldKeyStore("server")
                .keyFiles("firn")
                .keyFiles("stranger");
        certificates.write("both.pem", certificates.text("firn-key.pem") + certificates.text("firn.pem"));
        SSLContext context = certificates.server("server", "firn");
        open = server(context, ClientCertificate.IGNORED);
        mutual = server(context, ClientCertificate.NEEDED);
        older = server(context, ClientCertificate.NEEDED, "TLSv1.2");
    }

    @AfterAll
    static void stop() {
        open.stop(0);
        mutual.stop(0);
        older.stop(0);
        THREADS.shutdownNow();
    }

    @Test
    void trustsWhatTheFileNamesInEachForm() {
        assertAnswered(open, Map.of(Part.TRUSTED, certificates.file("server.pem")));
        assertAnswered(open, Map.of(Part.TRUSTED, certificates.file("server.jks"), Part.TRUSTED_PASSWORD, "changeit"));
        assertAnswered(open, Map.of(Part.TRUSTED, certificates.text("server.pem")));
    }

    @Test
    void showsACertificateInEachForm() {
        for (Map<Part, String> own : List.of(
                Map.of(Part.CERTIFICATE, certificates.file("firn.pem"), Part.KEY, certificates.file("firn-key.pem")),
                Map.of(
                        Part.CERTIFICATE,
                        certificates.file("firn.pem"),
                        Part.KEY,
                        certificates.file("firn-locked.pem"),
                        Part.PASSWORD,
                        "changeit"),
                Map.of(Part.CERTIFICATE, certificates.file("both.pem")),
                Map.of(Part.CERTIFICATE, certificates.file("firn.p12"), Part.PASSWORD, "changeit"),
                Map.of(Part.CERTIFICATE, certificates.text("firn.pem"), Part.KEY, certificates.keyText("firn")))) {
            Map<Part, String> files = new HashMap<>(own);
            files.put(Part.TRUSTED, certificates.file("server.pem"));
            assertAnswered(mutual, files);
        }
    }

    @Test
    void saysWhyThereIsNoConnection() throws IOException {
        assertOutage(
                open,
                Map.of(),
                "its certificate is not signed by an authority that is trusted here; name the authority's as"
                        + " `tls: {trusted: ...}`");
        assertOutage(
                open,
                Map.of(Part.TRUSTED, certificates.file("stranger.pem")),
                "its certificate is not signed by an authority that is trusted here; name the authority's as"
                        + " `tls: {trusted: ...}`");
        Map<Part, String> strange = Map.of(
                Part.TRUSTED,
                certificates.file("server.pem"),
                Part.CERTIFICATE,
                certificates.file("stranger.pem"),
                Part.KEY,
                certificates.file("stranger-key.pem"));
        for (Map<Part, String> files : List.of(Map.of(Part.TRUSTED, certificates.file("server.pem")), strange)) {
            assertOutage(
                    mutual,
                    files,
                    "it closes the connection without an answer, as servers do that want another certificate in `tls`");
            assertOutage(older, files, "it wants another certificate in `tls` (Remote host terminated the handshake)");
        }
        try (ScriptedServer plain = new ScriptedServer(List.of(ScriptedServer.http(400, "", "")))) {
            assertThat(messageOf(plain.url().replace("http", "https"), Map.of()))
                    .endsWith(": it does not speak TLS; the url may begin with `http://`");
        }
    }

    @Test
    void isHeldToTheNameInTheCertificate() {
        String other = "https://localhost:" + open.getAddress().getPort();

        assertThat(messageOf(other, Map.of(Part.TRUSTED, certificates.file("server.pem"))))
                .isEqualTo("the registry at `" + other + "` can't say schema id 7: its certificate is for another host"
                        + " (No name matching localhost found)");
    }

    @Test
    void namesTheFileThatCanNotBeUsed() {
        certificates.write("empty.pem", "");
        certificates.write("old-key.pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n");
        certificates.write(
                "cut.pem", certificates.text("server.pem").substring(0, 200) + "\n-----END CERTIFICATE-----");
        String firn = certificates.file("firn.pem");

        assertUnusable(Map.of(Part.TRUSTED, "gone.pem"), "`tls.trusted` can't be used: there is no file `gone.pem`");
        assertUnusable(
                Map.of(Part.TRUSTED, folder.toString()),
                "`tls.trusted` can't be used: the file `" + folder + "` can't be read");
        assertUnusable(
                Map.of(Part.TRUSTED, certificates.file("empty.pem")),
                "`tls.trusted` can't be used: `" + certificates.file("empty.pem") + "` is neither PEM nor a key store");
        assertUnusable(
                Map.of(Part.TRUSTED, certificates.file("cut.pem")),
                "`tls.trusted` can't be used: its certificate 1 can't be read");
        assertUnusable(
                Map.of(Part.TRUSTED, certificates.file("firn-key.pem")),
                "`tls.trusted` can't be used: `" + certificates.file("firn-key.pem") + "` holds no certificate");
        assertUnusable(
                Map.of(Part.TRUSTED, certificates.file("firn.p12"), Part.TRUSTED_PASSWORD, "changeit"),
                "`tls.trusted` can't be used: the key store `" + certificates.file("firn.p12")
                        + "` holds no trusted certificate");
        assertUnusable(
                Map.of(Part.CERTIFICATE, certificates.file("firn.p12"), Part.PASSWORD, "wrong"),
                "`tls.certificate` can't be used: the key store `" + certificates.file("firn.p12")
                        + "` does not open with the password in `tls.password`");
        assertUnusable(
                Map.of(Part.CERTIFICATE, certificates.file("firn.p12")),
                "`tls.certificate` can't be used: the key store `" + certificates.file("firn.p12")
                        + "` does not open without `tls.password`");
        assertUnusable(
                Map.of(Part.CERTIFICATE, certificates.file("server.jks"), Part.PASSWORD, "changeit"),
                "`tls.certificate` can't be used: the key store `" + certificates.file("server.jks")
                        + "` holds no private key");
        assertUnusable(
                Map.of(
                        Part.CERTIFICATE,
                        certificates.file("firn.p12"),
                        Part.PASSWORD,
                        "changeit",
                        Part.KEY,
                        certificates.file("firn-key.pem")),
                "`tls.certificate` can't be used: the key store `" + certificates.file("firn.p12")
                        + "` has a key of its own: remove `tls.key`, or name a PEM file");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn),
                "`tls.certificate` can't be used: `" + firn
                        + "` holds no private key: name the file that does as `tls.key`");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn, Part.KEY, firn),
                "`tls.key` can't be used: `" + firn + "` holds no private key");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn, Part.KEY, certificates.file("old-key.pem")),
                "`tls.key` can't be used: the private key is not in PKCS #8;"
                        + " `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` makes one that is");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn, Part.KEY, certificates.file("firn-locked.pem")),
                "`tls.key` can't be used: the private key is encrypted, and there is no `tls.password`");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn, Part.KEY, certificates.file("firn-locked.pem"), Part.PASSWORD, "wrong"),
                "`tls.key` can't be used: the private key does not open with the password in `tls.password`");
        assertUnusable(
                Map.of(Part.CERTIFICATE, firn, Part.KEY, certificates.file("stranger-key.pem")),
                "`tls.certificate` can't be used: the private key is not that of the first certificate in `" + firn
                        + "`");
    }

    @Test
    void neverShowsWhatASecretStandsFor() {
        ReferenceResolver references = new SystemReferences(Map.of("CA", "a-secret-without-a-file"), folder);
        RegistryAccess access = access("https://sr", Map.of(Part.TRUSTED, "${secret:ca}"));

        assertThatThrownBy(() -> RegistryServers.of(access, references))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry's `tls.trusted` can't be used: there is no file `${secret:ca}`");
    }

    private static void assertAnswered(HttpsServer server, Map<Part, String> files) {
        RegistryServers servers = RegistryServers.of(access(url(server), files), raw -> raw);
        assertThat(new RegistryClient(servers, Patience.none()).schema(7)).isEqualTo(new RegistryAnswer.Found("text"));
    }

    private static void assertOutage(HttpsServer server, Map<Part, String> files, String why) {
        assertThat(outage(server, files)).isEqualTo(why);
    }

    private static String outage(HttpsServer server, Map<Part, String> files) {
        String start = "the registry at `" + url(server) + "` can't say schema id 7: ";
        String message = messageOf(url(server), files);
        assertThat(message).startsWith(start);
        return message.substring(start.length());
    }

    private static String messageOf(String url, Map<Part, String> files) {
        RegistryServers servers = RegistryServers.of(access(url, files), raw -> raw);
        try {
            return "an answer: " + new RegistryClient(servers, Patience.none()).schema(7);
        } catch (OutsideException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void assertUnusable(Map<Part, String> files, String why) {
        assertThatThrownBy(() -> RegistryServers.of(access("https://sr", files), raw -> raw))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry's " + why);
    }

    private static RegistryAccess access(String url, Map<Part, String> files) {
        Map<Part, Text> texts = new HashMap<>();
        files.forEach((part, text) -> texts.put(part, new Text(text)));
        return new RegistryAccess(List.of(new Text(url)), new RegistryLogin.OfTheUrl(), new TlsFiles(texts));
    }

    private static String url(HttpsServer server) {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private enum ClientCertificate {
        IGNORED,
        NEEDED
    }

    private static HttpsServer server(SSLContext context, ClientCertificate wanted, String... protocols)
            throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(wanted == ClientCertificate.NEEDED);
                if (protocols.length > 0) {
                    ssl.setProtocols(protocols);
                }
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"schema\": \"text\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(THREADS);
        server.start();
        return server;
    }
}
