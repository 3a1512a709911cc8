package dev.firn.plan.against;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {

    private static final String ONE = source("events", "orders, refunds", "a:9092");

    @ParameterizedTest
    @EnumSource
    void fitsUnlessSomethingIsAnErrorOrADanger(AgainstCode code) {
        Comparison comparison = new Example("pipeline: {name: shop}", "pipeline: {name: shop}").comparison(code);
        Difference found = Difference.of(code, "pipeline", "a", "b", "c", "d");

        assertThat(new Comparison(comparison.before(), comparison.now(), List.of(found)).fits())
                .isEqualTo(code.severity() == Severity.WARNING || code.severity() == Severity.NOTE);
    }

    @Test
    void takesAStreamOfAnotherClusterForAnotherStream() {
        String added = ONE + source("abroad", "orders", "b:9092");

        assertThat(codes(ONE, added)).containsExactly("stream-added");
        assertThat(codes(ONE, ONE + source("again", "orders", "a:9092"))).containsExactly("stream-read-twice");
        assertThat(codes(ONE, source("abroad", "orders, refunds", "b:9092")))
                .containsExactly("stream-added", "stream-added", "stream-removed", "stream-removed");
    }

    @Test
    void saysOfASourceThatIsGoneWhichStreamsAnotherHasTaken() {
        String two = source("events", "orders", "a:9092") + source("more", "refunds", "a:9092");

        assertThat(codes(two, source("events", "orders, refunds", "a:9092"))).containsExactly("source-renamed");
        assertThat(codes(two, source("events", "orders", "a:9092"))).containsExactly("stream-removed");
    }

    /** It may have come since the source was read for the first time, and what {@code startup} says is of that time. */
    @Test
    void aStreamThatIsSelectedBeginsAtItsStart() {
        StoredPlan before = Example.read(Example.json("source:\n" + source("events", "orders", "a:9092")));
        String now = Example.json("source:\n" + source("events", "orders, refunds", "a:9092"));
        String selected = now.replaceFirst("(\"topics\" : \\[\\s+\"orders\",\\s+)\"refunds\"", "$1\"ref*\"");

        assertThat(beginnings(before, now)).containsExactly("it begins at `startup: earliest-known`");
        assertThat(selected).isNotEqualTo(now);
        assertThat(beginnings(before, selected)).containsExactly("it begins at its start");
    }

    private static List<String> beginnings(StoredPlan before, String now) {
        return Comparison.of(before, Example.read(now)).differences().stream()
                .filter(found -> found.code() == AgainstCode.STREAM_ADDED)
                .map(found -> found.means().replaceFirst(",.*", ""))
                .toList();
    }

    @Test
    void saysWhatAListOfSettingsMeansOnce() {
        Comparison comparison = Comparison.of(
                Example.read(Example.json("pipeline: {name: shop}")),
                Example.read(Example.json("pipeline: {name: shop, parallelism: 2, checkpoint-interval: 5s}")));

        assertThat(ComparisonText.write(comparison, "shop.yaml", "deployed.json"))
                .isEqualTo(
                        """
                        shop.yaml against deployed.json: the state fits; 2 notes

                          pipeline
                            checkpoint-interval  30s -> 5s                                             note[setting-changed]
                            parallelism  1 -> 2                                                        note[setting-changed]
                              it holds from the next start; state and positions are not concerned
                        """);
    }

    @Test
    void isJsonForPrograms() {
        Comparison comparison = new Example("pipeline: {name: shop}", "pipeline: {name: shop, parallelism: 2}")
                .comparison(AgainstCode.SETTING_CHANGED);

        assertThat(ComparisonJson.write(comparison))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "pipeline" : "shop",
                          "fits" : true,
                          "differences" : [
                            {
                              "code" : "setting-changed",
                              "severity" : "note",
                              "place" : "pipeline",
                              "setting" : "parallelism",
                              "was" : "1",
                              "is" : "2",
                              "means" : "it holds from the next start; state and positions are not concerned"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void anotherDecisionIsNoDangerToTheState() {
        Comparison comparison = Comparison.of(
                Example.read(Example.json("tables: {table: shop.orders, schema-evolution: {add-column: ignore}}")),
                Example.read(Example.json("tables: {table: shop.orders, schema-evolution: {drop-column: apply}}")));

        assertThat(ComparisonText.write(comparison, "shop.yaml", "deployed.json"))
                .isEqualTo(
                        """
                        shop.yaml against deployed.json: the state fits; 2 notes

                          table shop.orders
                            schema-evolution.add-column  ignore -> apply                               note[setting-changed]
                            schema-evolution.drop-column  keep-nullable -> apply                       note[setting-changed]
                              it holds from the next start, for schemas that the table was not written with before; the
                              columns that it has stay as they are
                        """);
    }

    private static List<String> codes(String before, String now) {
        return Comparison.of(
                        Example.read(Example.json("source:\n" + before)), Example.read(Example.json("source:\n" + now)))
                .differences()
                .stream()
                .map(found -> found.code().code())
                .sorted()
                .toList();
    }

    private static String source(String name, String topics, String broker) {
        return "  - {name: " + name + ", type: kafka, topics: [" + topics + "], properties: {bootstrap.servers: '"
                + broker + "'}, format: {registry: {url: 'http://r'}}}\n";
    }
}
