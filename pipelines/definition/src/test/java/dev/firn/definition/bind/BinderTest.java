package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.testing.FakeKafkaSource;
import dev.firn.definition.testing.FakeKafkaSource.Encoding;
import dev.firn.definition.testing.FakeKafkaSource.Format;
import dev.firn.definition.testing.FakeKafkaSource.Registry;
import dev.firn.definition.testing.FakeKafkaSource.Startup;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {

    @Test
    void bindsEveryTypeOfOption() {
        FakeKafkaSource options = bound(
                        """
                topics: [orders, /clicks_\\d+/]
                startup: latest
                skip-tombstones: true
                idle-after: 90s
                buffer: 2KiB
                batch: 9999999999
                group: ${env:GROUP}
                pin-token: "0042"
                properties: {z: on, a: 'null', m: ''}
                format: {type: json, registry: {url: http://localhost, user: me}}
                """)
                .options();

        assertThat(options)
                .isEqualTo(new FakeKafkaSource(
                        List.of(Selector.parse("orders"), Selector.parse("/clicks_\\d+/")),
                        Startup.LATEST,
                        true,
                        Duration.ofSeconds(90),
                        new ByteSize(2048),
                        9999999999L,
                        Optional.of(new Text("${env:GROUP}")),
                        Optional.of(42),
                        Map.of("z", new Text("on"), "a", new Text("null"), "m", new Text("")),
                        new Format(
                                Encoding.JSON,
                                Optional.of(new Registry(
                                        new Text("http://localhost"), Optional.of(new Text("me")), Optional.empty())),
                                false,
                                Optional.empty())));
        assertThat(options.properties().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void takesDefaultsForWhatIsLeftOutAlsoInsideAMapping() {
        assertThat(bound("topics: orders").options())
                .isEqualTo(new FakeKafkaSource(
                        List.of(Selector.parse("orders")),
                        Startup.EARLIEST,
                        false,
                        Duration.ofMinutes(5),
                        ByteSize.ofMebibytes(64),
                        500,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        new Format(Encoding.AVRO, Optional.empty(), false, Optional.empty())));
    }

    @Test
    void keepsThePlacesOfValues() {
        Bound<FakeKafkaSource> bound = bound("topics: [a, b]\nproperties: {k: v}\n");

        assertThat(bound.span("topics", 1)).isEqualTo(span(1, 13, 1));
        assertThat(bound.span("properties", "k")).isEqualTo(span(2, 17, 1));
        assertThat(bound.span("startup")).isEqualTo(span(1, 1, 6));
    }

    @Test
    void reportsEverythingAtOnce() {
        Checked<Bound<FakeKafkaSource>> bound = bind("startup: soon\nbatch: x\nbatsch: 1\nformat: {type: xml, a: b}\n");

        assertThat(bound.value()).isEmpty();
        assertThat(bound.diagnostics())
                .extracting(diagnostic -> diagnostic.code().code())
                .containsExactlyInAnyOrder(
                        "missing-option",
                        "invalid-value",
                        "wrong-type",
                        "unknown-option",
                        "invalid-value",
                        "unknown-option");
    }

    @ParameterizedTest
    @CsvSource({"0s,0", "500ms,500", "10s,10000", "5m,300000", "1h,3600000", "2d,172800000"})
    void readsTimes(String text, long millis) {
        assertThat(bound("topics: a\nidle-after: " + text).options().idleAfter())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "5 m",
                "-5m",
                "1.5h",
                "5w",
                "PT5M",
                "99999999999999999999s",
                "999999999999999d",
                "9223372036854775807m"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(bind("topics: a\nidle-after: " + text).diagnostics())
                .singleElement()
                .satisfies(diagnostic ->
                        assertThat(diagnostic.expected()).contains("a time such as `500ms`, `10s`, `5m`, `1h`, `2d`"));
    }

    @ParameterizedTest
    @CsvSource({"1KiB,1024", "64MiB,67108864", "50GiB,53687091200", "0KiB,0"})
    void readsSizes(String text, long bytes) {
        assertThat(bound("topics: a\nbuffer: " + text).options().buffer()).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "64MB", "64mib", "1.5GiB", "-1KiB", "9999999999999GiB"})
    void refusesWhatIsNoSize(String text) {
        assertThat(bind("topics: a\nbuffer: " + text).diagnostics()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null"})
    void wantsAValueWhereAKeyIs(String nothing) {
        assertThat(bind("topics: a\ngroup: " + nothing).diagnostics())
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.message()).isEqualTo("option `group` has no value");
                    assertThat(diagnostic.fix()).contains("write `group: shop`, for example, or remove it");
                });
        assertThat(bind("topics: [a, " + (nothing.isEmpty() ? "''" : nothing) + "]")
                        .diagnostics())
                .hasSize(1);
    }

    @Test
    void knowsKeysThatAreReadElsewhere() {
        Node.Mapping node = mapping("topics: a\nname: n\ntpye: kafka\n");
        Checked<Bound<FakeKafkaSource>> bound = bindWith(node, Set.of("name", "type"));

        assertThat(bound.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.fix()).contains("rename it to `type`");
            assertThat(diagnostic.expected().orElseThrow()).contains("`name`", "`type`", "`topics`");
        });
    }

    @Test
    void letsARecordRefuseACombination() {
        assertThat(bind("topics: a\nformat: {registry: {url: x, password: y}}").diagnostics())
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.message()).isEqualTo("option `password` needs the option `user`");
                    assertThat(diagnostic.path()).isEqualTo("format > registry");
                });
    }

    @Test
    void neverRepeatsTheValueOfASecret() {
        assertThat(bind("topics: a\npin-token: hunter2\nformat: {registry: {url: x, password: '${hunter2'}}")
                        .diagnostics())
                .hasSize(2)
                .noneSatisfy(diagnostic -> assertThat(diagnostic.toString()).contains("hunter2"));
    }

    @Test
    void takesAnOptionWithoutDefaultForAMistakeOfOurs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Binder.bind(mapping("{}"), Careless.class))
                .withMessage("option `size` is neither required nor has it a default");
        assertThatIllegalStateException()
                .isThrownBy(() -> Binder.bind(mapping("{}"), WrongDefault.class))
                .withMessageContaining("option `size` declares a value that does not bind: `big`");
    }

    record Careless(int size) {}

    record WrongDefault(@Default("big") int size) {}

    private static Bound<FakeKafkaSource> bound(String text) {
        Checked<Bound<FakeKafkaSource>> bound = bind(text);
        assertThat(bound.diagnostics()).isEmpty();
        return bound.value().orElseThrow();
    }

    private static Checked<Bound<FakeKafkaSource>> bind(String text) {
        return Binder.bind(mapping(text), FakeKafkaSource.class);
    }

    private static Checked<Bound<FakeKafkaSource>> bindWith(Node.Mapping node, Set<String> readElsewhere) {
        Diagnostics diagnostics = new Diagnostics();
        return new Checked<>(
                Binder.bind(node, FakeKafkaSource.class, readElsewhere, diagnostics), diagnostics.inOrder());
    }

    private static Node.Mapping mapping(String text) {
        Checked<Node> read = YamlReader.read("f.yaml", text);
        assertThat(read.diagnostics()).extracting(Diagnostic::message).isEmpty();
        return (Node.Mapping) read.value().orElseThrow();
    }

    private static SourceSpan span(int line, int column, int length) {
        return new SourceSpan("f.yaml", line, column, length);
    }
}
