package dev.firn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.benchmarks.Part.Way;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.spi.format.Rejected;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

class PartTest {

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"ORDERS", "NESTED"})
    void encodesTheRowsThatFlinksWriterDoes(Shape shape) throws Rejected {
        EncodeBenchmark encode = EncodeBenchmark.of(shape);
        encode.prepare(50);
        InMemoryOutputFile ours = new InMemoryOutputFile();
        InMemoryOutputFile flinks = new InMemoryOutputFile();

        assertThat(encode.write(ours).recordCount()).isEqualTo(50);
        assertThat(encode.writeByFlink(flinks).recordCount()).isEqualTo(50);

        encode.requireSame(ours, flinks);
        encode.close();
    }

    @Test
    void findsOutThatTwoFilesDoNotHaveTheSameRows() throws Rejected {
        EncodeBenchmark encode = EncodeBenchmark.of(Shape.NARROW);
        encode.prepare(2);
        InMemoryOutputFile two = new InMemoryOutputFile();
        encode.write(two);
        encode.prepare(1);
        InMemoryOutputFile three = new InMemoryOutputFile();
        encode.write(three);

        assertThatThrownBy(() -> encode.requireSame(two, three)).hasMessage("one file has more rows than the other");
        assertThatThrownBy(() -> encode.requireSame(three, two)).hasMessage("one file has more rows than the other");
        encode.close();
    }

    @Test
    void commitsAllFilesInBothWaysAndFirnKnowsItsEpoch() throws Exception {
        CommitBenchmark commit = CommitBenchmark.of(3);
        commit.prepare(1);

        Table firn = commit.firn(2);
        Table plain = commit.append(2);

        assertThat(firn.currentSnapshot().summary())
                .containsEntry("total-data-files", "6")
                .containsEntry("firn.epoch", "2");
        assertThat(plain.currentSnapshot().summary())
                .containsEntry("total-data-files", "6")
                .doesNotContainKey("firn.epoch");
        assertThatThrownBy(() -> CommitBenchmark.requireFiles(7, plain)).hasMessage("of 7 files the table has 6");
        commit.close();
    }

    @Test
    void someRowsFailARuleAndBothWaysSayWhich() throws ExpressionFailed {
        assertThat(RulesBenchmark.prepared().rowsThatFailSomeRule()).isBetween(10, 100);
    }

    static List<Part> parts() {
        return Part.ALL;
    }

    @ParameterizedTest
    @MethodSource("parts")
    void namesMethodsAndAParameterThatTheBenchmarkHas(Part part) throws ReflectiveOperationException {
        List<String> benchmarks = Stream.of(part.benchmark().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(Method::getName)
                .toList();

        assertThat(part.ways()).extracting(Way::method).doesNotHaveDuplicates().isSubsetOf(benchmarks);
        assertThat(part.benchmark().getDeclaredField(part.parameter()).isAnnotationPresent(Param.class))
                .isTrue();
    }

    @Test
    void tellsMediansAndTheRatiosOfEachRound() {
        PartTable table = new PartTable(Part.COMMIT);

        assertThat(table.header())
                .containsExactly(
                        "| files | commits to the table | Iceberg's append alone | Firn: ledger, guard, mark, append"
                                + " | ratio to: Iceberg's append alone | wall time: append, firn | allocated: append, firn |",
                        "|---|---|---|---|---|---|---|");
        assertThat(table.row(
                        "10",
                        Map.of(
                                "append",
                                        List.of(
                                                new Figures(2e6, 5e6, 10),
                                                new Figures(4e6, 6e6, 20),
                                                new Figures(3e6, 7e6, 30)),
                                "firn",
                                        List.of(
                                                new Figures(3e6, 8e6, 4e3),
                                                new Figures(4e6, 9e6, 5e3),
                                                new Figures(6e6, 7e6, 6e3)))))
                .isEqualTo("| 10 | 20 | 3.0 ms | 4.0 ms | **1.50 (1.00 to 2.00)** | 6.0, 8.0 ms | 20, 5,000 B |");
    }
}
