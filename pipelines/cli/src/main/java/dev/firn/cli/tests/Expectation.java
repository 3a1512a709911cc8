package dev.firn.cli.tests;

import dev.firn.definition.tests.ExpectedOptions.Reject;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must come out of a test.
 *
 * @param tables those that are looked at, with all of their rows
 * @param rejects all of them
 * @param filtered how many records, of the tables that are looked at for it
 * @param dropped the same
 * @param deduplicated the same
 */
record Expectation(
        Map<TableName, List<Row>> tables,
        List<Reject> rejects,
        Map<TableName, Integer> filtered,
        Map<TableName, Integer> dropped,
        Map<TableName, Integer> deduplicated) {

    Expectation {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        rejects = List.copyOf(rejects);
        filtered = Collections.unmodifiableMap(new LinkedHashMap<>(filtered));
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        deduplicated = Collections.unmodifiableMap(new LinkedHashMap<>(deduplicated));
    }

    /** A row, by the columns that are named. */
    record Row(Map<String, Cell> cells) {
        Row {
            cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        }
    }

    /** @param written how the file says it */
    record Cell(Node written, ExpectedValue value) {}

    /** Whether a record went to quarantine for what is said, as far as something is said. */
    static boolean isFor(Reject reject, QuarantinedRecord record) {
        return reject.rule()
                        .map(rule -> record.rule().equals(Optional.of(rule)))
                        .orElse(true)
                && reject.code().map(code -> record.code().word().equals(code)).orElse(true)
                && reject.table()
                        .map(table -> record.table().equals(Optional.of(table)))
                        .orElse(true)
                && reject.message().map(part -> record.message().contains(part)).orElse(true);
    }
}
