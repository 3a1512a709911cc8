package dev.firn.testing;

import dev.firn.cli.PipelineFile;
import dev.firn.cli.tests.FileTests;
import dev.firn.cli.tests.ProgramBench;
import dev.firn.cli.tests.TestText;
import dev.firn.cli.tests.TestedFile;
import dev.firn.definition.project.Layers;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.flink.preview.Previewed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * A pipeline file under test. Records take the way of the job, through its decoders, routes, rules and decisions about schemas, and become rows in
 * memory; no broker, registry or catalog is asked, and schemas are those that {@code firn schema pull} wrote beside the file.
 *
 * <pre>{@code
 * @RegisterExtension
 * final FirnPipeline shop = FirnPipeline.of(Path.of("pipelines/shop.yaml"));
 *
 * @Test
 * void aNegativeAmountIsQuarantined() {
 *     shop.give("orders", order(1, -5));
 *
 *     assertThat(shop.rows("sales.orders")).isEmpty();
 *     assertThat(shop.quarantined()).extracting(Quarantined::rule).containsExactly(Optional.of("positive-amount"));
 * }
 * }</pre>
 *
 * Each test begins with no record read and no table but those that the file makes. One thread at a time.
 */
public final class FirnPipeline implements BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private final Path file;
    private final Optional<String> environment;
    private @Nullable ProgramBench bench;

    private FirnPipeline(Path file, Optional<String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** With the project around it and the first environment there. */
    public static FirnPipeline of(Path file) {
        return new FirnPipeline(file, Optional.empty());
    }

    /** The same with an environment of the project file {@code firn.yaml}. */
    public FirnPipeline in(String environment) {
        return new FirnPipeline(file, Optional.of(environment));
    }

    /**
     * Begins with no record read, for whoever has no use for an extension.
     *
     * @throws IllegalArgumentException if the file is wrong, with all that is wrong with it
     */
    public FirnPipeline open() {
        close();
        bench = ProgramBench.of(pipeline());
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open();
    }

    @Override
    public void close() {
        if (bench != null) {
            bench.close();
            bench = null;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    private PipelineFile pipeline() {
        return new PipelineFile(
                file, environment.map(name -> Layers.around(file, name)).orElseGet(() -> Layers.around(file)));
    }

    private ProgramBench bench() {
        if (bench == null) {
            throw new IllegalStateException(
                    "the pipeline is not open: make it a field with `@RegisterExtension` and use it in"
                            + " methods with `@Test`, or call `open()`");
        }
        return bench;
    }

    /**
     * Has the pipeline read a record.
     *
     * @param value as {@link Given#value} takes it
     * @throws IllegalArgumentException if no producer could write it to the stream
     */
    public FirnPipeline give(String stream, @Nullable Object value) {
        return give(Given.to(stream).value(value));
    }

    public FirnPipeline give(Given record) {
        bench().give(record.record());
        return this;
    }

    /**
     * The rows of a table in the order in which their records came; where it is upserted, the last of each key.
     *
     * @return of each row its values by the names of columns. A struct's are a map too; an integer is an {@code Integer}, a long a {@code Long}, a
     *     decimal a {@code BigDecimal}, a date, a time and a timestamp what {@code java.time} has for them, bytes a {@code ByteBuffer}
     * @throws IllegalArgumentException if no record can come to such a table
     */
    public List<Map<String, @Nullable Object>> rows(String table) {
        requireThere(table);
        Previewed.Rows rows = bench().seen().rows().get(new TableName(table));
        return rows == null ? List.of() : named(rows);
    }

    private static List<Map<String, @Nullable Object>> named(Previewed.Rows rows) {
        List<Column> columns = rows.schema().columns();
        List<Map<String, @Nullable Object>> named = new ArrayList<>();
        for (Previewed.Row row : rows.rows()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int place = 0; place < columns.size(); place++) {
                values.put(columns.get(place).name(), row.values().get(place));
            }
            named.add(Collections.unmodifiableMap(values));
        }
        return Collections.unmodifiableList(named);
    }

    /** The tables that have rows, by full name. */
    public List<String> tables() {
        return bench().seen().rows().keySet().stream().map(TableName::full).toList();
    }

    /** What would go to quarantine, in the order in which it was given. */
    public List<Quarantined> quarantined() {
        return bench().seen().rejected().stream().map(Quarantined::of).toList();
    }

    /**
     * How many records a table has not got on purpose.
     *
     * @return by the name of the rule with {@code otherwise: drop}; those that {@code where} leaves out under {@code "where"}
     */
    public Map<String, Long> leftOut(String table) {
        requireThere(table);
        Map<String, Long> leftOut = new TreeMap<>();
        bench().seen()
                .leftOut()
                .getOrDefault(new TableName(table), Collections.emptySortedMap())
                .forEach((rule, records) -> leftOut.put(rule.isEmpty() ? "where" : rule, records));
        return leftOut;
    }

    private void requireThere(String table) {
        if (bench().tables().stream().noneMatch(known -> new TableTemplate(known).canBe(table))) {
            throw new IllegalArgumentException("no record can come to a table `" + table + "`; the file has "
                    + String.join(", ", bench().tables()));
        }
    }

    /**
     * The tests that stand in the file itself, one by one, for a method with {@code @TestFactory}.
     *
     * @throws IllegalArgumentException if the file is wrong, or has no tests
     */
    public static Stream<DynamicTest> testsIn(Path file) {
        TestedFile tested = FileTests.run(new PipelineFile(file, Layers.around(file)));
        if (!tested.errors().isEmpty() || tested.outcomes().isEmpty()) {
            throw new IllegalArgumentException("`" + file + "` "
                    + (tested.errors().isEmpty()
                            ? "has no `tests:`"
                            : "can't be tested:\n\n" + FileTests.complaints(tested)));
        }
        return tested.outcomes().stream()
                .map(outcome -> DynamicTest.dynamicTest(
                        outcome.name(), file.toAbsolutePath().toUri(), () -> require(outcome)));
    }

    private static void require(TestedFile.Outcome outcome) {
        if (!outcome.passed()) {
            throw new AssertionFailedError("\n" + TestText.write(outcome));
        }
    }
}
