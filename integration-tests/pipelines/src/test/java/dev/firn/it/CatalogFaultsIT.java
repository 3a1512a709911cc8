package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.it.testing.CatalogProcess;
import dev.firn.it.testing.ControlEndpoint;
import dev.firn.it.testing.FaultControl;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.NumbersLake;
import dev.firn.it.testing.ProxyPool;
import dev.firn.it.testing.Stack;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Ledger.RunSuperseded;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Firn's commits through a proxy that loses, delays and falsifies what a REST catalog is asked and answers. Most of that is waiting,
 * so the tests wait side by side, each with a proxy of its own for as long as it takes.
 */
@Tag("heavy")
@Execution(ExecutionMode.CONCURRENT)
class CatalogFaultsIT {

    /** As often as the sink tries a commit before its lane hears of it. */
    private static final int ATTEMPTS = 6;

    private static final long FOREIGN = 1_000;

    private static final CatalogProcess CATALOG = CatalogProcess.rest();
    private static final ProxyPool PROXIES = new ProxyPool(CATALOG);
    private static final Catalog DIRECT = ForeignTable.catalog(Map.of("type", "rest", "uri", CATALOG.address()));

    private static final List<String> OUTCOMES = Collections.synchronizedList(new ArrayList<>());

    private final CatalogProcess proxy = PROXIES.take();
    private final FaultControl faults = new FaultControl(new ControlEndpoint(proxy.address()));

    /** Where the fault is, seen from the catalog. */
    enum Place {
        NEVER_ARRIVED,
        LANDED,
        LANDED_BELOW_A_FOREIGN_COMMIT,
        ARRIVES_AFTER_ITS_REPETITION,
        LANDED_IN_THE_LAST_ATTEMPT_BELOW_A_FOREIGN_COMMIT;

        List<String> faults(String table, String answer) {
            String fault = "on=commit table=" + table + " answer=" + answer;
            return switch (this) {
                case NEVER_ARRIVED -> List.of(fault + " place=before");
                case LANDED -> List.of(fault + " place=after");
                case LANDED_BELOW_A_FOREIGN_COMMIT -> List.of(fault + " place=after pause=yes");
                case ARRIVES_AFTER_ITS_REPETITION -> List.of(fault + " place=kept");
                case LANDED_IN_THE_LAST_ATTEMPT_BELOW_A_FOREIGN_COMMIT -> List.of(
                        (fault + " place=before times=" + (ATTEMPTS - 1) * requests(answer))
                                .replace("answer=half", "answer=cut"),
                        fault + " place=after pause=yes");
            };
        }

        boolean isBelowAForeignCommit() {
            return name().endsWith("FOREIGN_COMMIT");
        }

        boolean needsAnAnswer() {
            return this == NEVER_ARRIVED || this == ARRIVES_AFTER_ITS_REPETITION;
        }

        /** What Iceberg's client makes of one. */
        private static int requests(String answer) {
            return answer.startsWith("502") || answer.startsWith("503") || answer.startsWith("504") ? 2 : 1;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Stream<String> answers() {
        return Stream.of(
                "409", "500", "502", "503", "503 retry-after=1", "504", "cut", "silence", "half", "401", "403", "404");
    }

    static Stream<Arguments> faults() {
        return Stream.of(Place.values()).flatMap(place -> answers()
                .filter(answer -> !(answer.equals("half") && place.needsAnAnswer()))
                .map(answer -> Arguments.of(place, answer)));
    }

    @AfterEach
    void forget() {
        try {
            faults.forget();
            faults.fresh();
            faults.seen();
        } finally {
            PROXIES.giveBack(proxy);
        }
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        PROXIES.close();
        CATALOG.close();
        List<String> table = new ArrayList<>(List.of(
                "| what happens to the commit | what is answered | what the catalog said, and the client heard | then |",
                "|---|---|---|---|"));
        OUTCOMES.stream().sorted().forEach(table::add);
        Files.write(Stack.folder().resolve("catalog-faults.md"), table);
        System.out.println(String.join("\n", table));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void commitsOnce(Place place, String answer) {
        try (NumbersLake lake = open()) {
            lake.commit(lake.stage(1, 1, 2));
            StagedEpoch second = lake.stage(2, 3, 4);
            faults.seen();
            faults.meet(place.faults("numbers", answer));

            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> lake.commit(second));
            if (place.isBelowAForeignCommit()) {
                faults.awaitPaused();
                lake.numbers().append(FOREIGN);
                faults.go();
            }
            commit.join();
            if (place == Place.ARRIVES_AFTER_ITS_REPETITION) {
                lake.numbers().append(FOREIGN);
                assertThat(faults.deliver()).containsExactly("409");
            }
            String seen = commitsSeen("numbers");
            // As a restart does that knows of no answer.
            lake.commit(second, lake.stage(3, 5));

            assertThat(faults.left()).isZero();
            boolean foreign = place.isBelowAForeignCommit() || place == Place.ARRIVES_AFTER_ITS_REPETITION;
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue()))
                    .containsExactlyElementsOf(
                            foreign ? List.of(1L, 2L, 3L, 4L, 5L, FOREIGN) : List.of(1L, 2L, 3L, 4L, 5L));
            assertThat(lake.numbers().foreignCommits()).isEqualTo(foreign ? 1 : 0);
            assertThat(lake.numbers().ancestry()).hasSize(foreign ? 4 : 3);
            lake.numbers().assertEverySnapshotIsReadable();
            OUTCOMES.add("| " + place + " | " + answer + " | " + seen + " | in the table once |");
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void writesTheLedgerOnce(String answer) {
        try (NumbersLake lake = open()) {
            Ledger ledger = lake.lake().ledger();
            String fault = "on=commit table=firn_ledger answer=" + answer;
            String without = fault.replace("answer=half", "answer=cut");
            faults.meet(List.of(fault + " place=after"));
            long run = ledger.claimRun();
            faults.meet(List.of(fault + " place=after"));
            ledger.append(epoch(1, run), 0);
            faults.meet(List.of(without + " place=before"));
            ledger.append(epoch(2, run), 0);
            faults.meet(List.of(without + " place=kept"));
            ledger.append(epoch(3, run), 0);
            assertThat(faults.deliver()).containsExactly("409");
            faults.meet(List.of(without + " place=kept"));
            long next = ledger.claimRun();
            assertThat(faults.deliver()).containsExactly("409");

            assertThat(faults.left()).isZero();
            assertThat(List.of(run, next)).containsExactly(1L, 2L);
            try (Lake other = NumbersLake.openLake(lake.pipeline(), Map.of("type", "rest", "uri", CATALOG.address()))) {
                assertThat(other.ledger().read().lastRun()).isEqualTo(2);
                assertThat(other.ledger().since(0)).extracting(Epoch::number).containsExactly(1L, 2L, 3L);
            }
            assertThat(lake.ledger().numbers(Expressions.alwaysTrue())).containsExactly(1L, 2L, 3L);
            lake.ledger().assertEverySnapshotIsReadable();
            OUTCOMES.add("| ledger: claim and append, landed, never arrived, late | " + answer
                    + " | | two runs, three epochs |");
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void createsATableOnce(String answer) {
        for (String place : answer.equals("half") ? List.of("after") : List.of("before", "after", "kept")) {
            String pipeline = Stack.unique("created");
            try (NumbersLake lake = NumbersLake.open(pipeline, throughTheProxy(), DIRECT)) {
                faults.meet(List.of("on=create place=" + place + " answer=" + answer));

                lake.create();

                assertThat(faults.left()).isZero();
                if (place.equals("kept")) {
                    assertThat(faults.deliver()).containsExactly("409");
                }
                lake.commit(lake.stage(1, 1));
                assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).containsExactly(1L);
                OUTCOMES.add("| create a table: " + place + " | " + answer + " | | one table |");
            }
        }
    }

    @Test
    void commitsOnceWhenTheAnswerIsDroppedTwentyTimes() {
        try (NumbersLake lake = NumbersLake.open(
                        Stack.unique("dropped"), Map.of("type", "rest", "uri", proxy.address()), DIRECT)
                .create()) {
            faults.meet(List.of("on=commit table=numbers place=after answer=cut times=20"));
            List<Long> expected = new ArrayList<>();
            for (long epoch = 1; epoch <= 20; epoch++) {
                lake.commit(lake.stage(epoch, 2 * epoch, 2 * epoch + 1));
                lake.numbers().append(FOREIGN + epoch);
                expected.addAll(List.of(2 * epoch, 2 * epoch + 1, FOREIGN + epoch));
            }

            assertThat(faults.left()).isZero();
            expected.sort(null);
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).isEqualTo(expected);
            assertThat(lake.numbers().foreignCommits()).isEqualTo(20);
            assertThat(lake.numbers().ancestry()).hasSize(40);
            lake.numbers().assertEverySnapshotIsReadable();
            OUTCOMES.add("| landed, 20 times | cut | " + commitsSeen("numbers") + " | in the table once |");
        }
    }

    @Test
    void saysWhatTheCatalogAnswersWhenItGivesUp() {
        try (NumbersLake lake = open()) {
            StagedEpoch first = lake.stage(1, 1);
            for (String answer : List.of("401", "403", "500")) {
                faults.meet(List.of("on=commit place=before times=" + ATTEMPTS + " answer=" + answer));

                assertThatThrownBy(() -> lake.commit(first))
                        .isInstanceOf(OutsideException.class)
                        .hasMessageStartingWith("the `rest` catalog (uri `" + proxy.address()
                                + "`) failed to commit to table `" + lake.table() + "`: ")
                        .hasMessageEndingWith("the proxy says " + answer);
                assertThat(faults.left()).isZero();
            }
            lake.commit(first);
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).containsExactly(1L);
        }
    }

    @Test
    void aReplicaThatIsBehindCanNotMakeItCommitTwice() {
        try (NumbersLake lake = open()) {
            lake.commit(lake.stage(1, 1));
            faults.stale();
            assertThat(lake.lake().table(lake.table())).isPresent();
            StagedEpoch second = lake.stage(2, 2);
            StagedEpoch third = lake.stage(3, 3);
            lake.commit(second);
            faults.seen();

            assertThatThrownBy(() -> lake.commit(second)).isInstanceOf(OutsideException.class);
            assertThatThrownBy(() -> lake.commit(second, third)).isInstanceOf(OutsideException.class);

            assertThat(faults.seen().stream().filter(line -> line.startsWith("commit")))
                    .hasSize(2 * ATTEMPTS)
                    .containsOnly("commit numbers 409 real");
            faults.fresh();
            lake.commit(second, third);
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).containsExactly(1L, 2L, 3L);
            assertThat(lake.numbers().ancestry()).hasSize(3);
            lake.numbers().assertEverySnapshotIsReadable();
            OUTCOMES.add(
                    "| committed again over a look at a replica that is behind | | 12 x 409 | in the table once |");
        }
    }

    @Test
    void aReplicaThatIsBehindCanNotMakeTwoRunsOfOneNumber() {
        try (NumbersLake lake = open();
                Lake other = NumbersLake.openLake(lake.pipeline(), Map.of("type", "rest", "uri", CATALOG.address()))) {
            Ledger ledger = lake.lake().ledger();
            Ledger ahead = other.ledger();
            faults.stale();
            assertThat(ledger.read().lastRun()).isZero();
            assertThat(ahead.claimRun()).isEqualTo(1);

            assertThatThrownBy(ledger::claimRun).isInstanceOf(OutsideException.class);

            faults.fresh();
            assertThat(ledger.claimRun()).isEqualTo(2);
        }
    }

    @Test
    void twoRunsThatStartAtOnceGetNumbersOfTheirOwn() {
        try (NumbersLake lake = open();
                Lake other = NumbersLake.openLake(lake.pipeline(), Map.of("type", "rest", "uri", CATALOG.address()))) {
            Ledger ledger = lake.lake().ledger();
            Ledger another = other.ledger();
            faults.meet(List.of("on=commit table=firn_ledger place=held answer=real"));

            CompletableFuture<Long> claim = CompletableFuture.supplyAsync(ledger::claimRun);
            faults.awaitPaused();
            long theirs = another.claimRun();
            faults.go();

            assertThat(List.of(theirs, claim.join())).containsExactly(1L, 2L);
            assertThat(another.read().lastRun()).isEqualTo(2);
        }
    }

    @Test
    void anOlderRunCanNotAppendBehindTheClaimOfANewerOne() {
        try (NumbersLake lake = open();
                Lake other = NumbersLake.openLake(lake.pipeline(), Map.of("type", "rest", "uri", CATALOG.address()))) {
            Ledger old = lake.lake().ledger();
            long run = old.claimRun();
            faults.meet(List.of("on=commit table=firn_ledger place=held answer=real"));

            CompletableFuture<Void> append = CompletableFuture.runAsync(() -> old.append(epoch(1, run), 0));
            faults.awaitPaused();
            Ledger newer = other.ledger();
            newer.claimRun();
            faults.go();

            assertThatThrownBy(append::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(RunSuperseded.class)
                    .hasMessage("run 1 stops: run 2 of this pipeline has started since and writes its tables");
            assertThat(newer.read().lastEpoch()).isZero();
        }
    }

    @Test
    void aTableThatIsDroppedUnderACommitIsSaidToBeGone() {
        try (NumbersLake lake = open()) {
            StagedEpoch first = lake.stage(1, 1);
            faults.meet(List.of("on=commit table=numbers place=held answer=real"));

            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> lake.commit(first));
            faults.awaitPaused();
            DIRECT.dropTable(lake.numbers().name(), false);
            faults.go();

            assertThatThrownBy(commit::join)
                    .cause()
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("table `" + lake.table() + "` is not in the `rest` catalog (uri `" + proxy.address()
                            + "`) any more: bring back what was dropped or renamed, and what is staged for it goes in");
        }
    }

    @Test
    void aTableThatIsMadeAnewUnderACommitGetsNoneOfItsRows() {
        try (NumbersLake lake = open()) {
            StagedEpoch first = lake.stage(1, 1);
            faults.meet(List.of("on=commit table=numbers place=held answer=real"));

            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> lake.commit(first));
            faults.awaitPaused();
            lake.numbers().makeAnew();
            faults.go();

            assertThatThrownBy(commit::join)
                    .cause()
                    .isInstanceOf(CommitRefused.class)
                    .hasMessageStartingWith("table `" + lake.table() + "` was dropped and made anew: ");
            assertThat(lake.numbers().ancestry()).isEmpty();
        }
    }

    @Test
    void twoSpecsAndTwoSchemasInOneEpoch() {
        try (NumbersLake lake = open()) {
            List<StagedFiles> staged = new ArrayList<>();
            try (TableWriters early = lake.writers(0);
                    TableWriters late = lake.writers(1)) {
                lake.write(early, 21, 22);
                lake.numbers()
                        .load()
                        .updateSpec()
                        .addField(Expressions.truncate("n", 10))
                        .commit();
                lake.numbers()
                        .load()
                        .updateSchema()
                        .addColumn("note", Types.StringType.get())
                        .commit();
                lake.write(late, 23, 31);
                staged.addAll(early.stage());
                staged.addAll(late.stage());
            }
            faults.meet(List.of("on=commit table=numbers place=after answer=502"));

            lake.commit(NumbersLake.epoch(1, staged), lake.stage(2, 32));

            ForeignTable numbers = lake.numbers();
            assertThat(numbers.ancestry()).hasSize(1);
            assertThat(numbers.filesBySpec(Expressions.alwaysTrue()))
                    .containsExactly(
                            Map.entry(0, List.of("")),
                            Map.entry(1, List.of("n_trunc_10=20", "n_trunc_10=30", "n_trunc_10=30")));
            assertThat(numbers.numbers(Expressions.alwaysTrue())).containsExactly(21L, 22L, 23L, 31L, 32L);
            LongStream.of(21, 22, 23, 31, 32).forEach(n -> assertThat(numbers.numbers(Expressions.equal("n", n)))
                    .containsExactly(n));
            assertThat(numbers.filesBySpec(Expressions.equal("n", 31L)))
                    .containsExactly(Map.entry(1, List.of("n_trunc_10=30")));
            numbers.assertEverySnapshotIsReadable();
        }
    }

    /** Iceberg's client sends a request again by itself after 502, 503 and 504: once, for the sake of time. */
    private Map<String, String> throughTheProxy() {
        return Map.of(
                "type",
                "rest",
                "uri",
                proxy.address(),
                "rest.client.max-retries",
                "1",
                "rest.client.socket-timeout-ms",
                "4000");
    }

    private NumbersLake open() {
        return NumbersLake.open(Stack.unique("faults"), throughTheProxy(), DIRECT)
                .create();
    }

    private static Epoch epoch(long number, long run) {
        return new Epoch(number, run, "plan", number, List.of(), List.of(), List.of());
    }

    /** What became of the commits to a table, in their order. */
    private String commitsSeen(String table) {
        List<String> commits = faults.seen().stream()
                .filter(line -> line.startsWith("commit " + table + " "))
                .map(line -> line.substring(("commit " + table + " ").length()))
                .map(line -> line.endsWith(" real") ? line.replace(" real", "") : line.replace(" ", " as "))
                .toList();
        return commits.size() <= 12 ? String.join(", ", commits) : commits.size() + " commits";
    }
}
