package dev.firn.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.run.Account;
import dev.firn.plan.IndentedJson;
import java.util.Optional;

/** A {@link PipelineStatus} for programs. */
public final class StatusJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatusJson() {}

    /** Indented, with a line feed at the end; times as ISO 8601 in UTC. */
    public static String write(PipelineStatus status) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("pipeline", status.pipeline());
        root.put("cluster", status.cluster());
        root.put("well", status.isWell());
        status.job().ifPresent(job -> job(root.putObject("job"), job));
        ObjectNode ledger = root.putObject("ledger");
        ledger.put("epoch", status.epoch()).put("run", status.run());
        status.lastEpoch().ifPresent(at -> ledger.put("written", at.toString()));
        if (!status.unwell().isEmpty()) {
            ArrayNode unwell = root.putArray("unwell");
            status.unwell().forEach(unwell::add);
        }
        ObjectNode lag = root.putObject("lag");
        status.lag().forEach(lag::put);
        ArrayNode tables = root.putArray("tables");
        status.tables().forEach(table -> table(tables.addObject(), table));
        account(root.putObject("account"), status.account());
        return IndentedJson.text(root);
    }

    /** What the cluster says alone, where the ledger can't be looked at. */
    public static String write(String pipeline, String cluster, Optional<PipelineStatus.Job> job) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION)
                .put("pipeline", pipeline)
                .put("cluster", cluster)
                .put("well", false);
        job.ifPresent(found -> job(root.putObject("job"), found));
        return IndentedJson.text(root);
    }

    private static void job(ObjectNode node, PipelineStatus.Job job) {
        node.put("id", job.id())
                .put("state", job.state())
                .put("since", job.since().toString())
                .put("started", job.started().toString())
                .put("runs", job.runs())
                .put("restarts", job.restarts());
        job.failure().ifPresent(failure -> node.putObject("last-failure")
                .put("at", failure.at().toString())
                .put("reason", failure.sentence()));
        job.lostCheckpoint().ifPresent(lost -> node.putObject("lost-checkpoint")
                .put("at", lost.at().toString())
                .put("reason", lost.sentence()));
    }

    private static void table(ObjectNode node, PipelineStatus.Table table) {
        node.put("table", table.name().full());
        table.last().ifPresent(last -> node.put("epoch", last.epoch())
                .put("at", last.at().toString()));
        table.waits().ifPresent(waits -> {
            ObjectNode why = node.putObject("waits").put("how", waits.how()).put("reason", waits.reason());
            waits.since().ifPresent(at -> why.put("since", at.toString()));
        });
    }

    private static void account(ObjectNode node, Account account) {
        node.put("balances", account.balances());
        ObjectNode streams = node.putObject("streams");
        account.streams().forEach((name, line) -> streams.putObject(name)
                .put("read", line.read())
                .put("copies", line.copied())
                .put("written", line.written())
                .put("superseded", line.superseded())
                .put("deleted", line.deleted())
                .put("deduplicated", line.deduplicated())
                .put("non-data", line.nonData())
                .put("filtered", line.filtered())
                .put("dropped", line.dropped())
                .put("quarantined", line.quarantined())
                .put("lost", line.lost())
                .put("missing", line.missing()));
    }
}
