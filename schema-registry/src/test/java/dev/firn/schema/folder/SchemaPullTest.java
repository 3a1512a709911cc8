package dev.firn.schema.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.SchemaCode;
import dev.firn.schema.folder.PullStep.Action;
import dev.firn.schema.folder.SchemaPull.InTheWay;
import dev.firn.schema.folder.SchemaPull.Unread;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.Registration;
import dev.firn.spi.source.Registration.Reference;
import dev.firn.spi.source.SchemaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaPullTest {

    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"O\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}";

    @TempDir
    private Path root;

    @Test
    void writesAFileASubjectAndAnIndexThatSaysWhatEachIs() throws Exception {
        SchemaPull pull = pull("shop", schema("orders", 3, ORDER));

        assertThat(pull.steps()).extracting(PullStep::action).containsExactly(Action.ADD);
        assertThat(files())
                .isEqualTo(
                        Map.of(
                                "orders-value.avsc",
                                """
                        {
                          "type" : "record",
                          "name" : "O",
                          "fields" : [
                            {
                              "name" : "id",
                              "type" : "int"
                            }
                          ]
                        }
                        """,
                                "pulled.json",
                                """
                        {
                          "version" : 1,
                          "schemas" : [
                            {
                              "file" : "orders-value.avsc",
                              "type" : "AVRO",
                              "registry" : "${env:REGISTRY}",
                              "subject" : "orders-value",
                              "version" : 3,
                              "id" : 30,
                              "references" : [
                                {
                                  "name" : "acme.Money",
                                  "subject" : "money",
                                  "version" : 1
                                }
                              ],
                              "read-by" : [
                                {
                                  "pipeline" : "shop",
                                  "source" : "kafka",
                                  "stream" : "orders",
                                  "part" : "value"
                                }
                              ]
                            }
                          ]
                        }
                        """));
    }

    @Test
    void readsBackWhatItHasWritten() throws Exception {
        String odd = ORDER.replace(
                "\"int\"",
                "\"double\",\"default\":1.10,\"doc\":\"\\ud800 \\u00e9 \uD83D\uDE00\",\"n\":12345678901234567890.1e99");
        pull("shop", schema("orders", 3, odd));

        Diagnostics diagnostics = new Diagnostics();
        SchemaFolder folder = SchemaFolder.read(folder(), diagnostics).orElseThrow();
        NewestSchema read = folder.of("shop", diagnostics)
                .getOrDefault("kafka", KnownSchemas.NONE)
                .of("orders", SchemaPart.VALUE)
                .orElseThrow();

        assertThat(read.name()).isEqualTo(folder().resolve("orders-value.avsc").toString());
        assertThat(PrettyJson.read(read.definition())).isEqualTo(PrettyJson.read(odd));
        assertThat(new ObjectMapper().readTree(read.definition())).isEqualTo(new ObjectMapper().readTree(odd));
        assertThat(read.definition()).contains("1.10");
        assertThat(folder.schemas().get(0).registration())
                .isEqualTo(schema("orders", 3, odd).registration());
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    @Test
    void findsNothingNewTheSecondTime() throws Exception {
        pull("shop", schema("orders", 3, ORDER), schema("refunds", 1, ORDER));
        Map<String, String> before = files();

        SchemaPull again = pull("shop", schema("orders", 3, ORDER), schema("refunds", 1, ORDER));

        assertThat(again.isNothing()).isTrue();
        assertThat(again.steps()).extracting(PullStep::action).containsOnly(Action.NOTHING);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void tellsWhatHasChanged() throws Exception {
        pull("shop", schema("orders", 3, ORDER));

        SchemaPull pull = pull("shop", schema("orders", 4, ORDER.replace("\"int\"", "\"long\"")));

        assertThat(pull.isNothing()).isFalse();
        assertThat(pull.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.CHANGE);
            assertThat(step.was()).contains(schema("orders", 3, ORDER).registration());
            assertThat(step.changes())
                    .extracting(change -> change.kind().word() + " " + change.path())
                    .containsExactly("widen-type id");
        });
        assertThat(files().get("orders-value.avsc")).contains("\"long\"");
        assertThat(files().get("pulled.json")).contains("\"version\" : 4");
    }

    @Test
    void leavesTheSchemasOfOtherPipelinesAlone() throws Exception {
        pull("shop", schema("orders", 3, ORDER), schema("refunds", 1, ORDER));
        pull("other", schema("orders", 3, ORDER), schema("clicks", 1, ORDER));
        SchemaPull pull = pull("shop", schema("orders", 3, ORDER));

        assertThat(pull.steps())
                .extracting(step -> step.action() + " " + step.schema().file())
                .containsExactly("NOTHING clicks-value.avsc", "NOTHING orders-value.avsc", "KEEP refunds-value.avsc");
        Diagnostics diagnostics = new Diagnostics();
        SchemaFolder folder = SchemaFolder.read(folder(), diagnostics).orElseThrow();
        assertThat(folder.of("other", diagnostics)
                        .getOrDefault("kafka", KnownSchemas.NONE)
                        .of("orders", SchemaPart.VALUE))
                .isPresent();
        assertThat(folder.of("other", diagnostics)
                        .getOrDefault("kafka", KnownSchemas.NONE)
                        .of("clicks", SchemaPart.VALUE))
                .isPresent();
        assertThat(folder.of("shop", diagnostics)
                        .getOrDefault("kafka", KnownSchemas.NONE)
                        .of("refunds", SchemaPart.VALUE))
                .isEmpty();
    }

    @Test
    void removesWhatNobodyReadsOnlyWhenAsked() throws Exception {
        pull("shop", schema("orders", 3, ORDER), schema("refunds", 1, ORDER));
        pull("shop", schema("orders", 3, ORDER));
        assertThat(files()).containsKey("refunds-value.avsc");

        SchemaPull pull = SchemaPull.of(there(), "shop", newest("shop", schema("orders", 3, ORDER)), Unread.REMOVE);
        pull.write();

        assertThat(pull.steps()).extracting(PullStep::action).containsExactly(Action.NOTHING, Action.REMOVE);
        assertThat(files().keySet()).containsExactlyInAnyOrder("orders-value.avsc", "pulled.json");
        assertThat(files().get("pulled.json")).doesNotContain("refunds");
    }

    @Test
    void doesNotWriteOverAFileThatIsNotItsOwn() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("orders-value.avsc"), "mine");

        assertThatThrownBy(() -> pull("shop", schema("orders", 3, ORDER)))
                .isInstanceOf(InTheWay.class)
                .hasMessage("`" + folder().resolve("orders-value.avsc")
                        + "` is there, and `firn schema pull` has not written"
                        + " it: move it away, or pull into another folder with `--to`");
        assertThat(files()).isEqualTo(Map.of("orders-value.avsc", "mine"));
    }

    @Test
    void writesFilesThatOthersMayReadAsAnyOther() throws Exception {
        pull("shop", schema("orders", 3, ORDER));
        Path other = Files.writeString(folder().resolve("other"), "");

        for (String file : List.of("orders-value.avsc", "pulled.json")) {
            assertThat(Files.getPosixFilePermissions(folder().resolve(file)))
                    .isEqualTo(Files.getPosixFilePermissions(other));
        }
    }

    @Test
    void endsWhatAPullHasBegunThatWasCutShort() throws Exception {
        pull("shop", schema("orders", 3, ORDER));
        Files.delete(folder().resolve("pulled.json"));

        pull("shop", schema("orders", 3, ORDER));

        assertThat(files().keySet()).containsExactlyInAnyOrder("orders-value.avsc", "pulled.json");
    }

    /** Half of them old and half new would be a plan of something that never was. */
    @Test
    void givesNobodyTheHalfOfAPull() throws Exception {
        pull("shop", schema("orders", 3, ORDER), schema("refunds", 1, ORDER));
        Path second = folder().resolve("refunds-value.avsc");
        String wider = ORDER.replace("int", "long");
        SchemaPull next = SchemaPull.of(
                there(), "shop", newest("shop", schema("orders", 4, wider), schema("refunds", 2, wider)), Unread.KEEP);
        Files.delete(second);
        Files.createDirectories(second.resolve("in the way"));
        assertThatThrownBy(next::write).isInstanceOf(IOException.class);

        Diagnostics diagnostics = new Diagnostics();
        assertThat(there().of("shop", diagnostics)).isEmpty();
        assertThat(diagnostics.inOrder())
                .containsExactly(Diagnostic.error(
                                SchemaCode.BROKEN_SCHEMA_FILE,
                                SourceSpan.startOf(
                                        folder().resolve("pulled.json").toString()),
                                "a pull into `" + folder() + "` has not ended, so its schemas may not be of one time")
                        .fixedBy("wait for it, or call `firn schema pull` again if it was cut short"));

        Files.delete(second.resolve("in the way"));
        Files.delete(second);
        next.write();
        Diagnostics after = new Diagnostics();
        assertThat(there().of("shop", after)).containsOnlyKeys("kafka");
        assertThat(after.inOrder()).isEmpty();
        Files.writeString(folder().resolve(".pull-begun"), "");
        pull("shop", schema("orders", 4, wider), schema("refunds", 2, wider));
        assertThat(files().keySet())
                .containsExactlyInAnyOrder("orders-value.avsc", "refunds-value.avsc", "pulled.json");
    }

    @Test
    void mendsAFileThatIsBroken() throws Exception {
        pull("shop", schema("orders", 3, ORDER));
        Map<String, String> before = files();
        Files.write(folder().resolve("orders-value.avsc"), new byte[] {(byte) 0xff, '{'});

        assertThat(pull("shop", schema("orders", 3, ORDER)).steps())
                .extracting(PullStep::action)
                .containsExactly(Action.CHANGE);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void keepsSubjectsApartThatSomeSystemsTakeForOneFile() throws Exception {
        RegisteredSchema other = new RegisteredSchema(
                "elsewhere",
                SchemaPart.VALUE,
                new Registration("http://b", "orders-value", OptionalInt.of(1), OptionalInt.of(1), "AVRO", List.of()),
                ORDER);
        pull("shop", schema("orders", 1, ORDER), schema("Orders", 1, ORDER), other);

        assertThat(files().keySet())
                .containsExactlyInAnyOrder(
                        "pulled.json", "Orders-value.avsc", "orders-value~61200330.avsc", "orders-value~0c585805.avsc");
        Map<String, String> before = files();
        assertThat(pull("shop", schema("orders", 1, ORDER), schema("Orders", 1, ORDER), other)
                        .isNothing())
                .isTrue();
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "orders, orders-value.avsc",
        "com.acme.Order, com.acme.Order-value.avsc",
        "a b/c, a%20b%2Fc-value.avsc",
        "../../etc/passwd, %2E.%2F..%2Fetc%2Fpasswd-value.avsc",
        "é, %C3%A9-value.avsc",
        "con., _con.-value.avsc",
        "100%, 100%25-value.avsc",
        "'a:b*?\"<>|', a%3Ab%2A%3F%22%3C%3E%7C-value.avsc",
    })
    void namesFilesThatAnySystemTakes(String topic, String file) throws Exception {
        pull("shop", schema(topic, 1, ORDER));

        assertThat(files().keySet()).containsExactlyInAnyOrder(file, "pulled.json");
        assertThat(pull("shop", schema(topic, 1, ORDER)).isNothing()).isTrue();
    }

    @Test
    void cutsALongName() throws Exception {
        pull("shop", schema("t".repeat(249), 1, ORDER), schema("t".repeat(248) + "u", 1, ORDER));

        assertThat(files().keySet()).hasSize(3).allSatisfy(name -> assertThat(name.length())
                .isLessThan(130));
    }

    private SchemaPull pull(String pipeline, RegisteredSchema... schemas) throws IOException, InTheWay {
        SchemaPull pull = SchemaPull.of(there(), pipeline, newest(pipeline, schemas), Unread.KEEP);
        pull.write();
        return pull;
    }

    private SchemaFolder there() {
        Diagnostics diagnostics = new Diagnostics();
        SchemaFolder there = SchemaFolder.read(folder(), diagnostics).orElse(new SchemaFolder(folder(), List.of()));
        assertThat(diagnostics.inOrder()).isEmpty();
        return there;
    }

    private static SortedMap<SchemaUse, RegisteredSchema> newest(String pipeline, RegisteredSchema... schemas) {
        SortedMap<SchemaUse, RegisteredSchema> newest = new TreeMap<>();
        for (RegisteredSchema schema : schemas) {
            newest.put(new SchemaUse(pipeline, "kafka", schema.stream(), schema.part()), schema);
        }
        return newest;
    }

    private static RegisteredSchema schema(String topic, int version, String definition) {
        return new RegisteredSchema(
                topic,
                SchemaPart.VALUE,
                new Registration(
                        "${env:REGISTRY}",
                        topic + "-value",
                        OptionalInt.of(version * 10),
                        OptionalInt.of(version),
                        "AVRO",
                        List.of(new Reference("acme.Money", "money", 1))),
                definition);
    }

    private Path folder() {
        return root.resolve("schemas");
    }

    private Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), SchemaPullTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
