package dev.firn.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.ledger.Outcome;

/** An {@link AuditReport} for programs: versioned, the same bytes for the same ledger. */
public final class AuditJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AuditJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(AuditReport report) {
        return IndentedJson.text(tree(report));
    }

    private static ObjectNode tree(AuditReport report) {
        Audit audit = report.sheet().shown();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("ledger", report.ledger().full());
        root.put("balances", audit.balances());
        audit.span().ifPresent(span -> root.putObject("epochs")
                .put("first", span.first())
                .put("last", span.last())
                .put("first-run", span.firstRun())
                .put("last-run", span.lastRun())
                .put("begin", span.begin().toString())
                .put("end", span.end().toString())
                .put("unbalanced", audit.unbalanced()));
        if (!audit.rewinds().isEmpty()) {
            ArrayNode rewinds = root.putArray("rewinds");
            audit.rewinds().forEach(rewind -> rewinds.addObject()
                    .put("epoch", rewind.at())
                    .put("run", rewind.run())
                    .put("to", rewind.to()));
        }
        Audit before = report.sheet().before();
        before.span().ifPresent(span -> before(before, span, root.putObject("before")));
        ArrayNode partitions = root.putArray("partitions");
        audit.partitions().forEach((split, line) -> {
            ObjectNode partition = partitions
                    .addObject()
                    .put("source", split.source())
                    .put("stream", split.stream())
                    .put("partition", split.partition())
                    .put("incarnation", split.incarnation())
                    .put("from", line.from())
                    .put("to", line.to())
                    .put("read", line.read());
            line.outcomes().forEach((outcome, records) -> partition.put(outcome.word(), records));
        });
        ArrayNode tables = root.putArray("tables");
        audit.tables().forEach((name, line) -> tables.addObject()
                .put("table", name.full())
                .put("routed", line.routed())
                .put("in-files", line.inFiles()));
        ArrayNode reasons = root.putArray("reasons");
        audit.reasons()
                .forEach((outcome, counts) -> counts.forEach((reason, records) -> reasons.addObject()
                        .put("outcome", outcome.word())
                        .put("reason", reason)
                        .put("records", records)));
        if (!report.detached().isEmpty()) {
            ArrayNode detached = root.putArray("detached");
            report.detached().forEach(table -> detached.addObject()
                    .put("table", table.table().table().full())
                    .put("epoch", table.table().epoch())
                    .put("at", table.table().at().toString())
                    .put("reason", table.table().reason())
                    .put("waiting-epochs", table.waiting().epochs())
                    .put("waiting-rows", table.waiting().records()));
        }
        report.recount().ifPresent(recount -> RecountJson.write(recount, root.putObject("recount")));
        return root;
    }

    private static void before(Audit before, Audit.Span span, ObjectNode into) {
        into.put("first", span.first())
                .put("last", span.last())
                .put("unbalanced", before.unbalanced())
                .put("read", before.read());
        for (Outcome outcome : Outcome.values()) {
            if (!outcome.countsRecords()) {
                continue;
            }
            into.put(
                    outcome.word(),
                    before.partitions().values().stream()
                            .mapToLong(line -> line.records(outcome))
                            .sum());
        }
    }
}
