package dev.firn.it.testing.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.ColumnIds;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.evolution.Scenario.Sent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the records of a job's topics.
 *
 * @param quarantined the ids of records in quarantine, by topic
 */
record Outcome(EvolvingJob job, Map<String, List<String>> quarantined) {

    static Outcome of(EvolvingJob job) {
        return new Outcome(job, quarantined(job.pipeline()));
    }

    /** Columns with their ids, each row with its values, what is in quarantine, and what was decided, as the scenarios say. */
    void assertAsTold() {
        SoftAssertions softly = new SoftAssertions();
        for (Load.Topic topic : job.load().topics()) {
            Scenario scenario = topic.scenario();
            WrittenTable table = job.table(topic);
            softly.assertThat(ColumnIds.of(table.columns()))
                    .as("columns of " + topic.name())
                    .isEqualTo(scenario.columns());
            softly.assertThat(Decisions.of(job.pipeline(), table, topic.name()))
                    .as("decisions of " + topic.name())
                    .containsExactlyInAnyOrderElementsOf(scenario.decided());
            List<String> expected =
                    scenario.written(topic.sent()).stream().map(scenario::row).toList();
            softly.assertThat(Difference.of(Rows.of(table), expected))
                    .as("rows of " + topic.name())
                    .isEqualTo(Difference.NONE);
            softly.assertThat(quarantined.getOrDefault(topic.name(), List.of()))
                    .as("ids in quarantine of " + topic.name())
                    .isEqualTo(refused(topic));
        }
        softly.assertAll();
    }

    private static List<String> refused(Load.Topic topic) {
        List<Sent> all = topic.sent();
        return all.stream()
                .filter(sent -> topic.scenario().refused().contains(sent.version()))
                .map(sent -> Long.toString(sent.id()))
                .sorted()
                .toList();
    }

    /** The ids of records in quarantine, by topic. */
    static Map<String, List<String>> quarantined(Pipeline pipeline) {
        Map<String, List<String>> ids = new TreeMap<>();
        for (List<@Nullable Object> row : pipeline.rows(pipeline.quarantine(), "stream", "key", "code", "message")) {
            assertThat(row.get(2)).as(String.valueOf(row.get(3))).isEqualTo("schema-change-refused");
            ids.computeIfAbsent(String.valueOf(row.get(0)), first -> new ArrayList<>())
                    .add(StandardCharsets.US_ASCII
                            .decode((ByteBuffer) row.get(1))
                            .toString());
        }
        ids.values().forEach(list -> list.sort(Comparator.naturalOrder()));
        return ids;
    }
}
