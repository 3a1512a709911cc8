package dev.firn.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.benchmarks.profile.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Every figure, for programs. */
final class ResultJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final int FRAMES = 10;

    private ResultJson() {}

    static void write(Path file, Machine machine, Settings settings, List<Result> results) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("date", machine.date());
        root.put("commit", machine.commit());
        root.put("machine", machine.words());
        root.put("load-before", machine.load());
        root.put("load-after", Machine.loadNow());
        root.put("rounds", settings.rounds());
        root.put("repetitions", settings.repetitions());
        root.put("commit-interval-seconds", settings.commitInterval().toSeconds());
        root.put("seed", settings.seed());
        ArrayNode workloads = root.putArray("workloads");
        results.forEach(result -> workloads.add(of(result)));
        JSON.writeValue(file.toFile(), root);
    }

    private static ObjectNode of(Result result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", result.workload().name());
        node.put("says", result.workload().says());
        node.put("records", result.workload().records());
        node.put("topics", result.workload().topics());
        node.put("partitions", result.workload().partitions());
        node.put("parallelism", result.workload().parallelism());
        node.put("columns", result.workload().schema().getFields().size());
        node.put("same", result.contents().same());
        node.put("contents", result.contents().sentence());
        Figures firn = result.figures().get(Contender.FIRN);
        ObjectNode contenders = node.putObject("contenders");
        result.figures().forEach((contender, figures) -> {
            ObjectNode one = contenders.putObject(contender.word());
            one.put("title", contender.title());
            spread(one, "cpu-micros-per-record", figures.warm());
            spread(one, "cpu-micros-per-record-cold", figures.cold());
            if (firn != null && contender != Contender.FIRN) {
                spread(one, "firn-to-it", firn.warmRatioTo(figures));
                spread(one, "firn-to-it-cold", firn.coldRatioTo(figures));
            }
            spread(one, "records-per-second", figures.perSecond());
            spread(one, "peak-memory-bytes", figures.peak());
            spread(one, "checkpoint-millis", figures.checkpoints());
            spread(one, "commit-millis", figures.commits());
            one.put("files", figures.files().count());
            one.put("bytes", figures.files().bytes());
            ArrayNode rounds = one.putArray("rounds");
            figures.rounds().forEach(round -> rounds.add(of(round)));
        });
        ObjectNode profiles = node.putObject("profiles");
        result.profiles().forEach((contender, profile) -> {
            ObjectNode one = profiles.putObject(contender.word());
            shares(one.putArray("buckets"), profile.buckets());
            shares(one.putArray("frames"), profile.topFrames(FRAMES));
        });
        ObjectNode failed = node.putObject("failed");
        result.failed().forEach((contender, reason) -> failed.put(contender.word(), reason));
        return node;
    }

    private static void shares(ArrayNode array, List<Share> shares) {
        shares.forEach(share -> array.addObject().put("name", share.name()).put("share", share.share()));
    }

    private static void spread(ObjectNode node, String name, Spread spread) {
        if (!spread.isEmpty()) {
            ObjectNode one = node.putObject(name);
            one.put("median", spread.median());
            one.put("least", spread.least());
            one.put("greatest", spread.greatest());
        }
    }

    private static ObjectNode of(Measured measured) {
        ObjectNode node = JSON.createObjectNode();
        node.put("peak-memory-bytes", measured.peakBytes());
        node.put("checkpoints", measured.checkpointMillis().size());
        node.put("commits", measured.commitMillis().size());
        ArrayNode repetitions = node.putArray("repetitions");
        measured.repetitions().forEach(repetition -> {
            ObjectNode one = repetitions.addObject();
            one.put("cpu-nanos", repetition.cpuNanos());
            one.put("wall-nanos", repetition.wallNanos());
            one.put("collecting-millis", repetition.collectingMillis());
        });
        return node;
    }
}
