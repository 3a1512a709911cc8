package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final int SUBTASKS = 4;

    private final FakeLake fake = FakeLake.create();
    private final Lake lake = fake.factory().open(SystemReferences.ofThisProcess());
    private final TableWriters writers = lake.writers(new WriterSettings(1, 0, 0));
    private final FormatReader format = new FakeFormat(fake.name()).open(SystemReferences.ofThisProcess());
    private final Gathering gathering =
            new Gathering(writers, RuledFormats.ofAJob(PlannedRules.NONE, raw -> raw, new NewestTimes()), SUBTASKS);

    @AfterEach
    void close() {
        format.close();
        writers.close();
        lake.close();
    }

    private int writer(Gathering subtask, TableName table, String value) {
        try {
            return subtask.writer(table, format, 1, record(ORDERS_0, 0, value));
        } catch (Rejected noKey) {
            throw new AssertionError(noKey);
        }
    }

    private int writer(TableName table) {
        return writer(gathering, table, "1a");
    }

    private void sees(int records) {
        IntStream.range(0, records).forEach(record -> writer(ORDERS));
    }

    @Test
    void aSmallTableHasOneWriterWhoeverReads() {
        Gathering other =
                new Gathering(writers, RuledFormats.ofAJob(PlannedRules.NONE, raw -> raw, new NewestTimes()), SUBTASKS);
        Set<Integer> all = new TreeSet<>();
        for (int number = 0; number < 100; number++) {
            TableName table = new TableName("sales.t" + number);
            int chosen = writer(table);
            assertThat(writer(other, table, "1b")).isEqualTo(chosen);
            assertThat(writer(table)).isEqualTo(chosen);
            all.add(chosen);
        }
        assertThat(all).as("tables are spread").containsExactly(0, 1, 2, 3);
    }

    @Test
    void aTableThatWasLargeIsWrittenWhereItIsRead() {
        sees(Gathering.SMALL / SUBTASKS - 1);
        gathering.barrier();
        assertThat(writer(ORDERS)).as("one less than large").isNotEqualTo(Gathering.HERE);
        sees(Gathering.SMALL / SUBTASKS - 1);
        gathering.barrier();
        assertThat(writer(ORDERS)).as("large").isEqualTo(Gathering.HERE);
        gathering.barrier();
        assertThat(writer(ORDERS)).as("small again").isNotEqualTo(Gathering.HERE);
    }

    @Test
    void aFloodOfATableThatWasSmallDoesNotGoThroughOneWriter() {
        sees(Gathering.MOST_GATHERED - 1);
        assertThat(writer(ORDERS)).isNotEqualTo(Gathering.HERE);
        assertThat(writer(ORDERS)).isEqualTo(Gathering.HERE);
    }

    @Test
    void aKeyHasOneWriterInEveryEpochWhoeverReadsAndHoweverMuch() {
        fake.replaceRows(ORDERS);
        Gathering other =
                new Gathering(writers, RuledFormats.ofAJob(PlannedRules.NONE, raw -> raw, new NewestTimes()), SUBTASKS);
        Set<Integer> all = new TreeSet<>();
        for (char key = 'e'; key <= 'z'; key++) {
            int chosen = writer(gathering, ORDERS, "1" + key);
            sees(Gathering.MOST_GATHERED / 10);
            assertThat(writer(gathering, ORDERS, "2" + key)).isEqualTo(chosen);
            gathering.barrier();
            assertThat(writer(gathering, ORDERS, "3" + key)).isEqualTo(chosen);
            assertThat(writer(other, ORDERS, "4" + key)).isEqualTo(chosen);
            all.add(chosen);
        }
        assertThat(all).as("keys are spread").containsExactly(0, 1, 2, 3);
    }

    @Test
    void aSchemaThatIsToEndTheJobEndsItWithoutARestart() {
        TableWriters refusing = (TableWriters) Proxy.newProxyInstance(
                GatheringTest.class.getClassLoader(), new Class<?>[] {TableWriters.class}, (proxy, method, args) -> {
                    if (method.getReturnType() == boolean.class) {
                        return method.getName().equals("isKeyed");
                    }
                    throw new SchemaChangeRefused("no");
                });

        assertThatThrownBy(() -> new Gathering(
                                refusing,
                                RuledFormats.ofAJob(PlannedRules.NONE, raw -> raw, new NewestTimes()),
                                SUBTASKS)
                        .writer(ORDERS, format, 1, record(ORDERS_0, 0, "1a")))
                .isInstanceOf(SuppressRestartsException.class)
                .hasCauseInstanceOf(SchemaChangeRefused.class);
    }

    @Test
    void aRecordWithoutAKeyThatCanBeReadHasNoWriter() {
        fake.replaceRows(ORDERS);

        assertThatThrownBy(() -> gathering.writer(ORDERS, format, 1, record(ORDERS_0, 0, "1 bad")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aPartitionHasOneWriterHoweverLargeItsTable() {
        fake.gatherPartitions(ORDERS);
        sees(Gathering.MOST_GATHERED);
        gathering.barrier();
        sees(Gathering.MOST_GATHERED);

        Set<Integer> all = new TreeSet<>();
        for (char partition = 'e'; partition <= 'z'; partition++) {
            int chosen = writer(gathering, ORDERS, "1x" + partition);
            assertThat(writer(gathering, ORDERS, "1y" + partition)).isEqualTo(chosen);
            all.add(chosen);
        }
        assertThat(all).as("partitions are spread").containsExactly(0, 1, 2, 3);
    }

    @Test
    void aPartitionIsReadAsItsTableNamesIt() throws Exception {
        List<FormatReader> asked = new ArrayList<>();
        TableWriters noting = (TableWriters) Proxy.newProxyInstance(
                GatheringTest.class.getClassLoader(), new Class<?>[] {TableWriters.class}, (proxy, method, args) -> {
                    if (method.getReturnType() == boolean.class) {
                        return method.getName().equals("gathersPartitions");
                    }
                    asked.add((FormatReader) args[1]);
                    return 0;
                });
        RowShape dropping = new RowShape(List.of(), List.of("value"), List.of(), new TableSchema(List.of()));
        RuledFormats ruled = RuledFormats.ofAJob(
                new PlannedRules(
                        Map.of(ORDERS, new RowRules(null, List.of(), new TableSchema(List.of()), dropping)), List.of()),
                raw -> raw,
                new NewestTimes());

        new Gathering(noting, ruled, SUBTASKS).writer(ORDERS, format, 1, record(ORDERS_0, 0, "1a"));

        assertThat(asked)
                .containsExactly(ruled.of(ORDERS, format, ORDERS_0.stream()))
                .doesNotContain(format);
    }

    @Test
    void aRecordWhosePartitionCanNotBeReadStays() {
        fake.gatherPartitions(ORDERS);
        assertThat(writer(gathering, ORDERS, "1bad")).isEqualTo(Gathering.HERE);
    }

    @Test
    void asksATableAgainAtABarrier() {
        assertThat(writer(gathering, ORDERS, "1bad")).isNotEqualTo(Gathering.HERE);
        fake.gatherPartitions(ORDERS);
        assertThat(writer(gathering, ORDERS, "1bad")).isNotEqualTo(Gathering.HERE);
        gathering.barrier();
        assertThat(writer(gathering, ORDERS, "1bad")).isEqualTo(Gathering.HERE);
    }
}
