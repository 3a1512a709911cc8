package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.it.testing.Keys;
import dev.firn.it.testing.RegisteredSchemas;
import dev.firn.it.testing.SerializerProcess;
import dev.firn.it.testing.Stack;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's client and Firn's before the same servers: what they send, what they trust, what they make of an answer. */
@Tag("heavy")
class ConfluentClientIT {

    private static final String ANSWER = "{\"schema\": \"\\\"string\\\"\"}";

    private final List<Headers> seen = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void bothSendTheSameUserAndTheSameToken() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            theirs(url, "basic.auth.credentials.source=USER_INFO", "basic.auth.user.info=firn:pä:ss");
            ours(options("url: '" + url + "', username: firn, password: 'pä:ss'"));
            theirs(url, "bearer.auth.credentials.source=STATIC_TOKEN", "bearer.auth.token=abc.def");
            ours(options("url: '" + url + "', token: abc.def"));
            theirs(url.replace("http://", "http://firn:pass@"), "basic.auth.credentials.source=URL");
            ours(RegistryOptions.at(new Text(url.replace("http://", "http://firn:pass@"))));
        } finally {
            server.stop(0);
        }

        assertThat(seen)
                .extracting(headers -> headers.getFirst("Authorization"))
                .satisfies(sent -> {
                    assertThat(sent).hasSize(6);
                    assertThat(sent.get(1)).startsWith("Basic ").isEqualTo(sent.get(0));
                    assertThat(sent.get(3)).isEqualTo("Bearer abc.def").isEqualTo(sent.get(2));
                    assertThat(sent.get(5)).startsWith("Basic ").isEqualTo(sent.get(4));
                });
        assertThat(paths).allSatisfy(path -> assertThat(path).isEqualTo("/schemas/ids/7"));
    }

    @Test
    void bothShowTheirCertificateAndTrustTheServers(@TempDir Path folder) throws IOException {
        Keys keys = new Keys(folder).make("server").make("firn");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.context("server", "firn")) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        serve(server);
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        try {
            theirs(
                    url,
                    "schema.registry.ssl.truststore.location=" + keys.file("server.pem"),
                    "schema.registry.ssl.truststore.type=PEM",
                    "schema.registry.ssl.keystore.location=" + keys.file("firn.p12"),
                    "schema.registry.ssl.keystore.type=PKCS12",
                    "schema.registry.ssl.keystore.password=" + Keys.PASSWORD,
                    "schema.registry.ssl.key.password=" + Keys.PASSWORD);
            ours(options("url: '" + url + "', tls: {trusted: '" + keys.file("server.pem") + "', certificate: '"
                    + keys.file("firn.p12") + "', password: " + Keys.PASSWORD + "}"));
        } finally {
            server.stop(0);
        }

        assertThat(paths).containsExactly("/schemas/ids/7", "/schemas/ids/7");
    }

    @Test
    void bothFindWhatIsReferredToOnlyByWhatIsReferredTo() {
        String name = Stack.unique("nested");
        Stack.running()
                .register(
                        name + "-country",
                        "{\"type\": \"enum\", \"name\": \"Country\", \"namespace\": \"geo\", \"symbols\": [\"DE\"]}");
        RegisteredSchemas.register(
                name + "-address",
                "{\"type\": \"record\", \"name\": \"Address\", \"namespace\": \"geo\", \"aliases\": [\"Place\"], \"fields\": ["
                        + "{\"name\": \"in\", \"type\": \"geo.Country\", \"doc\": \"where\"}]}",
                Map.of("geo.Country", name + "-country"));
        Map<String, String> references = new LinkedHashMap<>();
        references.put("geo.Address", name + "-address");
        int id = RegisteredSchemas.register(
                name + "-value",
                "{\"type\": \"record\", \"name\": \"Parcel\", \"namespace\": \"shop\", \"fields\": ["
                        + "{\"name\": \"to\", \"type\": \"geo.Address\"}, {\"name\": \"from\", \"type\": \"geo.Country\"}]}",
                references);
        String url = Stack.running().registryUrl();

        RegistryAnswer ours = client(RegistryOptions.at(new Text(url))).schema(id);
        Schema theirs = new Schema.Parser().parse(SerializerProcess.confluentClient(url, id));

        Schema found = new Schema.Parser().parse(((RegistryAnswer.Found) ours).schema());
        assertThat(found).isEqualTo(theirs);
        assertThat(found.getField("to").schema().getAliases()).containsExactly("geo.Place");
        assertThat(found.toString()).isEqualTo(theirs.toString());
    }

    private void theirs(String url, String... settings) {
        assertThat(SerializerProcess.confluentClient(url, 7, settings)).isEqualTo("\"string\"");
    }

    private void ours(RegistryOptions options) {
        assertThat(client(options).schema(7)).isEqualTo(new RegistryAnswer.Found("\"string\""));
    }

    private static RegistryClient client(RegistryOptions options) {
        return new RegistryClient(RegistryServers.of(options.access(), raw -> raw), Patience.none());
    }

    private static RegistryOptions options(String yaml) {
        Node.Mapping node = (Node.Mapping)
                YamlReader.read("shop.yaml", "{" + yaml + "}").value().orElseThrow();
        return Binder.bind(node, RegistryOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }

    private void serve(HttpServer server) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            synchronized (seen) {
                seen.add(exchange.getRequestHeaders());
                paths.add(exchange.getRequestURI().getPath());
            }
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
