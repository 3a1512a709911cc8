package dev.firn.cli.run;

import dev.firn.cli.audit.AuditText;
import dev.firn.plan.TablePlan;
import dev.firn.spi.sink.PausedTable;
import java.util.ArrayList;
import java.util.List;

/** What to say about tables whose records wait for a decision about a schema. */
final class PausedLines {

    private PausedLines() {}

    /** Of the tables that the plan names. */
    static List<String> of(PlannedPipeline pipeline) {
        List<String> lines = new ArrayList<>();
        for (TablePlan table : pipeline.plan().tables()) {
            pipeline.lake().paused(table.name()).map(PausedLines::line).ifPresent(lines::add);
        }
        return lines;
    }

    private static String line(PausedTable paused) {
        return paused.table() + " waits for a decision since " + AuditText.time(paused.at())
                + " UTC, and its records wait in" + " quarantine (table-paused): " + paused.reason()
                + "; go on with: firn table resume FILE " + paused.table();
    }
}
