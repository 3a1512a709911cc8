package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Firn.Answer;
import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a situation gets: exit code, stdout and stderr to the letter; the texts are in {@code resources/contract}. */
class CliContractIT {

    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am verify -Dit.test=CliContractIT -Dfailsafe.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    /** Somebody waits in front of the screen, also where nothing answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final String SCHEMA =
            """
            {"type": "record", "name": "ContractOrder", "fields": [
              {"name": "order_id", "type": "long"},
              {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}""";

    private static final String RECURSIVE =
            """
            {"type": "record", "name": "ContractTree", "fields": [
              {"name": "children", "type": {"type": "array", "items": "ContractTree"}}]}""";

    private static final String FILE =
            """
            pipeline: {name: contract}
            source:
              type: kafka
              topics: [contract-orders]
              properties: {bootstrap.servers: "${env:KAFKA}"}
              format: {type: avro, registry: {url: "${env:REGISTRY}"}}
            route:
              - {from: "*", to: shop.$stream}
            tables:
              - {table: shop.*, partition-by: day(placed_at)}
            sink:
              type: iceberg
              catalog: {type: hadoop, warehouse: "${env:LAKE}"}
            """;

    private static final List<String> WITHOUT_A_BROKER = List.of("run", "audit --recount", "rewind --to 1 --yes");

    private static final String CLOSED = "127.0.0.1:1";
    private static final String REST = "{type: rest, uri: \"http://" + CLOSED + "\"}";

    /** Takes connections and never says a word; files refer to it. */
    private static final String SILENT = "${env:SILENT}";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private static ServerSocket silent;

    /** A file, what is done with it, and the exit code. */
    enum Situation {
        ALL_IS_WELL(0, FILE),
        WRONG_YAML(2, FILE.replace("topics: [contract-orders]", "topics: [contract-orders")),
        UNKNOWN_KEY(2, FILE.replace("topics:", "start-up: latest\n  topics:")),
        DUPLICATE_KEY(2, FILE.replace("topics:", "topics: [other]\n  topics:")),
        WRONG_TYPE(2, FILE.replace("name: contract", "name: contract, parallelism: many")),
        EMPTY_FILE(2, ""),
        SEVERAL_FAULTS_AT_ONCE(
                2,
                FILE.replace("sink:", "sinks:")
                        .replace("topics:", "start-up: latest\n  topics:")
                        .replace("name: contract", "name: contract, parallelism: many")),
        SEVERAL_FAULTS_OF_THE_PLAN(
                2, FILE.replace("day(placed_at)", "week(placed_at)").replace("type: hadoop", "type: hadop")),
        MISSING_REFERENCES(
                2, FILE.replace("env:KAFKA", "env:FIRN_CONTRACT_A").replace("env:LAKE", "env:FIRN_CONTRACT_B")),
        UNREACHABLE_BROKER(3, FILE.replace("${env:KAFKA}", CLOSED)),
        UNREACHABLE_REGISTRY(3, FILE.replace("${env:REGISTRY}", "http://" + CLOSED)),
        UNREACHABLE_CATALOG(3, FILE.replace("{type: hadoop, warehouse: \"${env:LAKE}\"}", REST)),
        UNREACHABLE_EVERYTHING(
                3,
                FILE.replace("${env:KAFKA}", CLOSED)
                        .replace("${env:REGISTRY}", "http://" + CLOSED)
                        .replace("{type: hadoop, warehouse: \"${env:LAKE}\"}", REST)),
        SILENT_BROKER(3, FILE.replace("${env:KAFKA}", SILENT)),
        SILENT_REGISTRY(3, FILE.replace("${env:REGISTRY}", "http://" + SILENT)),
        MISSING_TOPIC(2, FILE.replace("[contract-orders]", "[contract-ordres]")),
        MISSING_SUBJECT(2, FILE.replace("[contract-orders]", "[contract-mute]")),
        UNMAPPABLE_SCHEMA(
                2, FILE.replace("[contract-orders]", "[contract-trees]").replace("day(placed_at)", "children")),
        PARTITION_BY_A_MISSING_COLUMN(2, FILE.replace("day(placed_at)", "day(placed)")),
        FAULTS_OF_THE_FILE_AND_OF_THE_OUTSIDE(
                2,
                FILE.replace("[contract-orders]", "[contract-orders, contract-none]")
                        .replace("day(placed_at)", "day(placed)")
                        .replace("${env:REGISTRY}", "http://" + CLOSED)
                        .replace("{type: hadoop, warehouse: \"${env:LAKE}\"}", REST));

        private final int exitCode;
        private final String yaml;

        Situation(int exitCode, String yaml) {
            this.exitCode = exitCode;
            this.yaml = yaml;
        }
    }

    /** What has only time-outs to wait for waits side by side. */
    private static final ExecutorService WAITING = Executors.newCachedThreadPool();

    private static final Map<String, Future<Timed>> WAITED = new ConcurrentHashMap<>();

    private static final Future<Timed> NEW_WITHOUT_A_BROKER = WAITING.submit(() -> {
        Instant start = Instant.now();
        Answer answer = firn("new", "--topic", "contract-orders", "--bootstrap", CLOSED);
        return new Timed(answer, Path.of(""), Duration.between(start, Instant.now()));
    });

    /** An answer, the file that was asked about, and how long it took. */
    private record Timed(Answer answer, Path file, Duration took) {}

    @BeforeAll
    static void fillTheOutside() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Stack.running().createTopic("contract-orders", 1);
        Stack.running().createTopic("contract-trees", 1);
        Stack.running().createTopic("contract-mute", 1);
        Stack.running().register("contract-orders-value", SCHEMA);
        Stack.running().register("contract-trees-value", RECURSIVE);
        refer("SILENT", "127.0.0.1:" + silent.getLocalPort());
        refer("KAFKA", Stack.running().bootstrapServers());
        refer("REGISTRY", Stack.running().registryUrl());
        refer("LAKE", folder.resolve("lake").toUri().toString());
        Stream.of(
                        Situation.UNREACHABLE_BROKER,
                        Situation.UNREACHABLE_EVERYTHING,
                        Situation.SILENT_BROKER,
                        Situation.SILENT_REGISTRY)
                .forEach(situation -> waitFor("plan", situation.yaml));
        WITHOUT_A_BROKER.forEach(verb -> waitFor(verb, FILE.replace("${env:KAFKA}", CLOSED)));
    }

    private static void waitFor(String verb, String yaml) {
        WAITED.put(verb + yaml, WAITING.submit(() -> timed(verb, yaml)));
    }

    /** The answer to a verb, which may have been asked for before. */
    private static Timed asked(String verb, String yaml) throws Exception {
        Future<Timed> waited = WAITED.get(verb + yaml);
        return waited == null ? timed(verb, yaml) : waited.get();
    }

    private static Timed timed(String verb, String yaml) throws IOException {
        Path file = file(yaml);
        Instant start = Instant.now();
        Answer answer = firn(verb, file);
        return new Timed(answer, file, Duration.between(start, Instant.now()));
    }

    @AfterAll
    static void close() throws IOException {
        WAITING.shutdownNow();
        silent.close();
    }

    private static void refer(String variable, String value) {
        System.setProperty(SystemReferences.PROPERTY_PREFIX + variable, value);
    }

    @ParameterizedTest
    @EnumSource
    void aPlanAnswersToTheLetterAndSoon(Situation situation) throws Exception {
        Timed timed = asked("plan", situation.yaml);

        Answer answer = timed.answer();
        assertThat(timed.took()).isLessThan(PATIENCE);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(situation.exitCode);
        assertThat(answer.out().isEmpty()).isEqualTo(situation.exitCode != 0);
        assertForPeople(answer);
        String name = situation.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Golden.assertSame(
                "integration-tests/pipelines/src/test/resources/contract/" + name + ".txt",
                page(answer, timed.file()),
                REWRITE);
    }

    @Test
    void aFileIsProposedForATopicAndPlansAtOnce() throws IOException {
        Path file = Files.createTempDirectory(folder, "new").resolve("orders.yaml");

        Answer answer = firn(
                "new",
                "--topic",
                "contract-orders",
                "--bootstrap",
                Stack.running().bootstrapServers(),
                "--registry",
                Stack.running().registryUrl(),
                "--out",
                file.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo("wrote " + file + "; it plans without a fault\nnext: firn plan " + file + "\n");
        assertThat(file)
                .content()
                .contains(
                        "# `contract-orders` has no records with a value, so nothing was seen of them. The columns are",
                        "partition-by: day(placed_at)\n");
        assertThat(firn("plan", file).exitCode()).isZero();
    }

    @Test
    void aPreviewOfATopicWithoutRecordsHasNothingToShow() throws IOException {
        Path file = file(FILE);

        assertThat(firn("preview", file))
                .isEqualTo(new Answer(0, "looked at 0 records of 0; nothing was written\n", ""));
        assertThat(firn("preview", "--stream", "contract-ordres", file.toString()))
                .isEqualTo(new Answer(
                        2,
                        "",
                        "firn: the file reads no stream `contract-ordres`, but `contract-orders`; did you mean"
                                + " `contract-orders`?\n"));
    }

    @Test
    void whatANewFileCanNotBeMadeOfIsSaidSoon() throws Exception {
        String brokers = Stack.running().bootstrapServers();

        Answer noTopic = firn("new", "--topic", "contract-ordres", "--bootstrap", brokers);
        assertThat(noTopic.exitCode()).isEqualTo(2);
        assertThat(noTopic.err())
                .isEqualTo("firn: the brokers at `" + brokers + "` have no topic `contract-ordres`\n"
                        + "  fix:  rename it to `contract-orders`\n  help: firn help topic-not-found\n");
        Answer noSubject = firn(
                "new",
                "--topic",
                "contract-mute",
                "--bootstrap",
                brokers,
                "--registry",
                Stack.running().registryUrl());
        assertThat(noSubject.exitCode()).as(noSubject.err()).isZero();
        assertThat(noSubject.out())
                .contains("# The registry has no subject `contract-mute-value` either.\n  format: {type: raw}\n");
        Answer noRegistry =
                firn("new", "--topic", "contract-orders", "--bootstrap", brokers, "--registry", "http://" + CLOSED);
        assertThat(noRegistry.exitCode()).isEqualTo(3);
        assertThat(noRegistry.err())
                .isEqualTo("firn: the registry at `http://" + CLOSED + "` can't say the latest version of subject"
                        + " `contract-orders-value`: there is no connection to it\n");
        Timed noBroker = NEW_WITHOUT_A_BROKER.get();
        assertThat(noBroker.took()).isLessThan(PATIENCE);
        assertThat(noBroker.answer().exitCode()).isEqualTo(3);
        assertThat(noBroker.answer().err())
                .startsWith("firn: the brokers at `" + CLOSED + "` can't be read: no broker answers in time\n")
                .endsWith("  help: firn help broker-unreachable\n");
        for (Answer answer : List.of(noTopic, noRegistry, noBroker.answer())) {
            assertThat(answer.out()).isEmpty();
            assertForPeople(answer);
        }
    }

    @Test
    void aPlanIsTheSameToTheLastByteWhenItIsMadeTwice() throws IOException {
        String file = file(FILE).toString();

        for (String format : List.of("text", "json")) {
            Answer first = firn("plan", "--verbose", "--format", format, file);
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(firn("plan", "--verbose", "--format", format, file)).isEqualTo(first);
        }
    }

    @Test
    void aPlanThatHasAskedSaysOfASuppressionThatItIsForNothing() throws IOException {
        String file = file(FILE.replace(
                        "{name: contract}", "{name: contract, suppress: {unmatched-route: it is meant}}"))
                .toString();

        assertThat(firn("plan", file).err())
                .startsWith(file + ":1:39: warning[unused-suppression]: `unmatched-route` does not come up, so")
                .endsWith("\n1 warning\n");
        assertThat(firn("lint", file).out()).isEqualTo(file + ": ok\n");
    }

    @Test
    void anOfflinePlanAsksNobodyButNeedsSchemasThatWerePulled() throws IOException {
        String file = file(FILE.replace("${env:KAFKA}", CLOSED)).toString();

        Answer without = firn("plan", "--offline", file);
        Answer pull = firn("schema", "pull", file);
        Answer answer = firn("plan", "--offline", file);

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("error[schema-not-pulled]", "fix: firn schema pull " + file);
        assertThat(pull.exitCode()).as(pull.err()).isZero();
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("catalog not asked  shop.contract_orders   2 columns  day(placed_at)");
        assertThat(answer.err()).isEmpty();
        assertThat(firn("schema", "pull", file).out()).isEqualTo("nothing new in 1 schema\n");
    }

    @Test
    void aPlanSaysByItsExitCodeWhetherThereIsSomethingToDo() throws IOException {
        String topic = Stack.unique("contract-changes");
        Stack.running().createTopic(topic, 1);
        Stack.running().register(topic + "-value", SCHEMA);
        Path file = file(FILE.replace("contract-orders", topic));

        assertThat(firn("plan", "--exit-code", file.toString()).exitCode()).isEqualTo(10);
        assertThat(firn("plan", file.toString()).exitCode()).isZero();
        Answer run = Firn.runAlone(environment(), "run", "--until-caught-up", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("plan: create shop.contract_changes_", "go on with: firn run " + file);
        assertForPeople(run);
        Answer after = firn("plan", "--exit-code", file.toString());
        assertThat(after.exitCode()).as(after.out() + after.err()).isZero();
    }

    @Test
    void aPlanIsHeldAgainstAStoredOne() throws IOException {
        Path file = file(FILE);
        Path stored = file.resolveSibling("deployed.json");
        Path cut = file.resolveSibling("cut.json");
        Path renamed = file(FILE.replace("{name: contract}", "{name: contracts}"));
        String json = firn("plan", "--format", "json", file.toString()).out();
        Files.writeString(stored, json);
        Files.writeString(cut, json.substring(0, json.length() / 2));

        Answer same = firn("plan", "--against", stored.toString(), file.toString());
        Answer other = firn("plan", "--against", stored.toString(), renamed.toString());
        Answer broken = firn("plan", "--against", cut.toString(), file.toString());

        assertThat(same).isEqualTo(new Answer(0, file + " against " + stored + ": nothing differs\n", ""));
        assertThat(other.exitCode()).as(other.err()).isEqualTo(1);
        assertThat(other.out())
                .contains(": does not fit; 1 error, ", "    name  contract -> contracts  ", "error[pipeline-renamed]");
        assertForPeople(other);
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).startsWith("firn plan: `" + cut + "` is cut off: ");
        assertForPeople(broken);
    }

    @Test
    void whatASchemaWouldDoIsSaidWithoutABrokerAndBeforeItIsRegistered() throws IOException {
        String file = file(FILE.replace("${env:KAFKA}", CLOSED)).toString();
        Path next = Files.writeString(
                folder.resolve("next.avsc"),
                SCHEMA.replace("]}", ", {\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}]}"));

        assertThat(firn("schema", "plan", "--schema", next.toString(), file))
                .isEqualTo(new Answer(
                        0,
                        next
                                + """
                                 as version 2 of contract-orders-value

                                shop.contract_orders: is not there; created with 3 columns
                                  order_id   long         required
                                  placed_at  timestamptz  required
                                  note       string       optional

                                1 table takes every value
                                next: register it, then firn plan\s"""
                                + file
                                + "\n",
                        ""));
        assertThat(firn("schema", "show", "--registry", Stack.running().registryUrl(), "contract-orders-value@2")
                        .exitCode())
                .isEqualTo(2);
        Answer away = firn(
                "schema",
                "plan",
                "--schema",
                next.toString(),
                file(FILE.replace("${env:REGISTRY}", "http://" + CLOSED)).toString());
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(away.out()).isEmpty();
        assertForPeople(away);
    }

    @Test
    void aRunOfAWrongFileSaysWhatIsWrongAndLeavesNothingBehind() throws IOException {
        Path file = file(FILE.replace("topics:", "start-up: latest\n  topics:"));

        Answer answer = firn("run", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo(firn("plan", file.toString()).err());
        assertThat(file.resolveSibling(".firn")).doesNotExist();
    }

    @Test
    void aRunWithoutABrokerIsOverSoon() throws Exception {
        Answer answer = asked("run", FILE.replace("${env:KAFKA}", CLOSED)).answer();

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("error[broker-unreachable]");
        assertForPeople(answer);
    }

    private static Answer firn(String verb, Path file) {
        return firn(Stream.concat(Arrays.stream(verb.split(" ")), Stream.of(file.toString()))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit --recount", "rewind --to 1 --yes"})
    void whoeverAsksABrokerThatIsAwayIsAnsweredSoon(String verb) throws Exception {
        Answer answer = asked(verb, FILE.replace("${env:KAFKA}", CLOSED)).answer();

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo("firn: the brokers at `" + CLOSED + "` can't be read: no broker answers in time\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit --recount", "rewind --to 1 --yes", "preview"})
    void aFileThatIsWrongIsToldAsAPlanTellsIt(String verb) throws IOException {
        for (String wrong : List.of(
                FILE.replace("type: hadoop", "type: hadop"), FILE.replace("env:KAFKA", "env:FIRN_CONTRACT_A"))) {
            Path file = file(wrong);

            Answer answer = firn(verb, file);

            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
            assertThat(answer.out()).isEmpty();
            assertThat(answer.err()).isEqualTo(firn("plan", file).err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "rewind --to 0 --yes"})
    void aPipelineThatHasNotRunHasNoLedger(String verb) throws IOException {
        Answer answer = firn(verb, file(FILE.replace("name: contract", "name: never_run")));

        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).matches("firn: there is no ledger `[^`]+`: the pipeline has not run yet\n");
    }

    @Test
    void aRunThatShallGoOnFromStateNeedsOne() throws IOException {
        Path file = file(FILE);

        Answer answer = firn("run", "--resume", "state", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .endsWith("firn: there is no checkpoint and no savepoint under `"
                        + file.resolveSibling(".firn").resolve("contract")
                        + "`; `--resume ledger` goes on from the ledger\n");
        assertForPeople(answer);
    }

    @Test
    void aRunThatANewerOneReplacedStopsAndSaysSo() throws Exception {
        Shop shop = Shop.byDay("replaced");
        OrdersVolume volume = OrdersVolume.scaledTo(100);
        shop.produce(volume);
        try (Firn.Started older = Firn.start(
                shop.pipeline().environment(), "run", shop.pipeline().file().toString())) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> shop.committed() == Shop.records(volume));

            Answer here = shop.pipeline().runAlone();
            assertThat(here.exitCode()).as(here.err()).isEqualTo(2);
            assertThat(here.err()).contains("firn: the pipeline runs already, with its state in `");
            Path elsewhere = Files.copy(
                    shop.pipeline().file(),
                    Files.createDirectory(shop.pipeline().file().resolveSibling("elsewhere"))
                            .resolve("pipeline.yaml"));
            Answer newer =
                    Firn.runAlone(shop.pipeline().environment(), "run", "--until-caught-up", elsewhere.toString());
            assertThat(newer.exitCode()).as(newer.err()).isZero();
            shop.produce(volume);

            Answer replaced = older.answer();
            assertThat(replaced.exitCode()).as(replaced.err()).isEqualTo(1);
            assertThat(replaced.err())
                    .contains("firn: run 1 stops: run 2 of this pipeline has started since and writes its tables\n");
            assertForPeople(replaced);
        }
    }

    private static Map<String, String> environment() {
        return Map.of(
                "KAFKA", Stack.running().bootstrapServers(),
                "REGISTRY", Stack.running().registryUrl(),
                "LAKE", folder.resolve("lake").toUri().toString());
    }

    private static String page(Answer answer, Path file) {
        String page = "$ firn plan pipeline.yaml\n" + answer.out() + answer.err() + "[" + answer.exitCode() + "]\n";
        return page.replace(file.toString(), "pipeline.yaml")
                .replace(Stack.running().bootstrapServers(), "KAFKA")
                .replace(Stack.running().registryUrl(), "REGISTRY")
                .replace("127.0.0.1:" + silent.getLocalPort(), "SILENT");
    }

    private static void assertForPeople(Answer answer) {
        assertThat(answer.out() + answer.err()).doesNotContain("\tat ", "Exception", "\r", "\u001b");
    }

    private static Path file(String yaml) throws IOException {
        return Files.writeString(Files.createTempDirectory(folder, "file").resolve("pipeline.yaml"), yaml);
    }

    /** In this process, since a JVM of its own for each situation takes long. */
    private static Answer firn(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        int code = Main.commandLine(screen).execute(arguments);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
