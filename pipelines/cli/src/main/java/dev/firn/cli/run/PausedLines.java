package dev.firn.cli.run;

import dev.firn.cli.audit.AuditText;
import dev.firn.plan.TablePlan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to say about tables whose records wait for a decision about a schema. */
final class PausedLines {

    private PausedLines() {}

    /** Of the tables that the plan names, but for those that are not to be asked for anything. */
    static List<String> of(PlannedPipeline pipeline) {
        Set<TableName> detached = pipeline.lake().ledger().detached().keySet();
        List<String> lines = new ArrayList<>();
        for (TablePlan table : pipeline.plan().tables()) {
            if (!detached.contains(table.name())) {
                paused(pipeline, table.name()).map(PausedLines::line).ifPresent(lines::add);
            }
        }
        return lines;
    }

    /** A table that can't be asked for holds itself, and says so elsewhere. */
    private static Optional<PausedTable> paused(PlannedPipeline pipeline, TableName table) {
        try {
            return pipeline.lake().paused(table);
        } catch (OutsideException | CommitRefused away) {
            return Optional.empty();
        }
    }

    private static String line(PausedTable paused) {
        return paused.table() + " waits for a decision since " + AuditText.time(paused.at())
                + " UTC, and its records wait in" + " quarantine (table-paused): " + paused.reason()
                + "; go on with: firn table resume FILE " + paused.table();
    }
}
