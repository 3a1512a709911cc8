package dev.firn.cli.run;

import dev.firn.definition.bind.ByteSize;
import dev.firn.flink.commit.RollForward.OpenTable;
import java.util.ArrayList;
import java.util.List;

/** The part of an account that says which tables are behind the ledger. */
public record OpenLines(List<OpenTable> open) {

    public OpenLines {
        open = List.copyOf(open);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (open.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add("  In the ledger and not yet in the table; the next run commits it");
        for (OpenTable table : open) {
            lines.add(String.format(
                    "    %s  %s, %,d %s, %s staged",
                    table.table(),
                    table.epochs() == 1 ? "1 epoch" : table.epochs() + " epochs",
                    table.records(),
                    table.records() == 1 ? "row" : "rows",
                    new ByteSize(table.bytes())));
            lines.add("      " + table.reason().getMessage());
        }
        return lines;
    }
}
