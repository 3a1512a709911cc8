package dev.firn.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.lake.Contents;
import dev.firn.benchmarks.workload.Workloads;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void linesUpWhatEachTookAndSaysWhoDidNotDoIt() {
        Result result = new Result(
                Workloads.named("poison").orElseThrow().scaled(0.001),
                Map.of(
                        Contender.FIRN, FiguresTest.of(1_000, 5_000_000, 6_000_000),
                        Contender.DATA_STREAM, FiguresTest.of(1_000, 10_000_000, 10_000_000)),
                Map.of(Contender.CONNECT, "Kafka Connect was not done after 900 s"),
                Map.of(),
                new Result.Sameness(true, "all wrote the 990 rows that the topics hold, hash 00000000000000ff"));

        assertThat(ResultTable.of(result))
                .isEqualTo(
                        """

                        poison: orders, one record of a hundred is not readable; 1,000 records, 4 partitions

                                                        CPU µs/record    cold        Firn to it  cold  records/s    memory  files     size  checkpoint  commit
                          Firn                       5.50 (5.00–6.00)   55.00                            366,667  2,000 MB      2  59.0 MB       12 ms       -
                          DataStream + FlinkSink  10.00 (10.00–10.00)  100.00  0.55 (0.50–0.60)  0.55    200,000  2,000 MB      2  59.0 MB       12 ms       -
                          all wrote the 990 rows that the topics hold, hash 00000000000000ff
                          not Flink SQL: a record that is not readable ends its job
                          FAILED: Kafka Connect was not done after 900 s
                        """);
    }

    @Test
    void saysThatAllAreWrongWhereTheyAgreeOnlyWithOneAnother() {
        Contents topics = new Contents("id: required long", 2, 255);
        Contents others = new Contents("id: required long", 2, 254);

        assertThat(Result.Sameness.of(topics, Map.of(Contender.DATA_STREAM, topics)))
                .isEqualTo(
                        new Result.Sameness(true, "all wrote the 2 rows that the topics hold, hash 00000000000000ff"));
        assertThat(Result.Sameness.of(topics, Map.of(Contender.DATA_STREAM, others)))
                .isEqualTo(
                        new Result.Sameness(
                                false,
                                """
                        NOT THE SAME:
                          the topics: 2 rows, hash 00000000000000ff, id: required long
                          DataStream + FlinkSink: 2 rows, hash 00000000000000fe, id: required long"""));
    }
}
