package dev.firn.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code benchmarks/run --json} has written. */
record Run(JsonNode root) {

    /** A figure and how far its measurements lie apart. */
    record Measure(double median, double least, double greatest) {

        /** The middle, and both ends where they are not the same. */
        String text(int decimals) {
            String one = "%." + decimals + "f";
            return least == greatest
                    ? String.format(Locale.ROOT, one, median)
                    : String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median, least, greatest);
        }
    }

    static Run read(Path file) throws IOException {
        return new Run(new ObjectMapper().readTree(file.toFile()));
    }

    String text(String name) {
        return root.path(name).asText();
    }

    List<Work> workloads() {
        List<Work> workloads = new ArrayList<>();
        root.path("workloads").forEach(node -> workloads.add(new Work(node)));
        return workloads;
    }

    Optional<Work> workload(String name) {
        return workloads().stream().filter(work -> work.name().equals(name)).findFirst();
    }

    /** A workload. */
    record Work(JsonNode node) {

        String name() {
            return node.path("name").asText();
        }

        String says() {
            return node.path("says").asText();
        }

        long records() {
            return node.path("records").asLong();
        }

        /** Whether all contenders have written the same. */
        boolean isSame() {
            return node.path("same").asBoolean(true);
        }

        /** In the order of the run: Firn first. */
        List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            Iterator<Map.Entry<String, JsonNode>> fields =
                    node.path("contenders").fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                entries.add(new Entry(field.getKey(), field.getValue()));
            }
            return entries;
        }

        Optional<Entry> entry(String word) {
            return entries().stream().filter(entry -> entry.word().equals(word)).findFirst();
        }
    }

    /** What a contender took for it. */
    record Entry(String word, JsonNode node) {

        String title() {
            return node.path("title").asText();
        }

        boolean isFirn() {
            return word.equals("firn");
        }

        Optional<Measure> measure(String name) {
            JsonNode measure = node.path(name);
            return measure.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new Measure(
                            measure.path("median").asDouble(),
                            measure.path("least").asDouble(),
                            measure.path("greatest").asDouble()));
        }

        double median(String name) {
            return measure(name).map(Measure::median).orElse(Double.NaN);
        }

        long figure(String name) {
            return node.path(name).asLong();
        }
    }
}
