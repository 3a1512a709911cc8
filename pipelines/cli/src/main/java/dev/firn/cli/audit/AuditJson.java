package dev.firn.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.schema.TableName;

/** An {@link Audit} for programs: versioned, the same bytes for the same ledger. */
public final class AuditJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AuditJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(Audit audit, TableName ledger) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(tree(audit, ledger)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: an audit could not be written as JSON", e);
        }
    }

    private static ObjectNode tree(Audit audit, TableName ledger) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("ledger", ledger.full());
        root.put("balances", audit.balances());
        audit.span().ifPresent(span -> root.putObject("epochs")
                .put("first", span.first())
                .put("last", span.last())
                .put("first-run", span.firstRun())
                .put("last-run", span.lastRun())
                .put("begin", span.begin().toString())
                .put("end", span.end().toString())
                .put("unbalanced", audit.unbalanced()));
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
        return root;
    }
}
