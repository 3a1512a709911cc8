package dev.firn.flink.count;

import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was routed to one table, from all splits, against what its staged files hold. */
final class TableSum implements BalanceSheet.Sum {

    private final String name;
    private final List<String> details = new ArrayList<>();
    private long routed;
    private long inFiles;

    TableSum(String name) {
        this.name = name;
    }

    void routed(OutcomeCount count) {
        routed += count.records();
        details.add(text("%s %,d of %s", count.outcome().word(), count.records(), count.split()));
    }

    void staged(StagedFiles files) {
        inFiles += files.records();
        details.add(
                text("in files %,d, %,d %s", files.records(), files.files(), files.files() == 1 ? "file" : "files"));
    }

    @Override
    public boolean holds() {
        return routed == inFiles;
    }

    @Override
    public String line() {
        String line = text("%-40s routed %,d = in files %,d", name, routed, inFiles);
        if (routed > inFiles) {
            return line + text("   <- %,d missing in the files", routed - inFiles);
        }
        return routed < inFiles ? line + text("   <- %,d too many in the files", inFiles - routed) : line;
    }

    @Override
    public List<String> details() {
        return List.copyOf(details);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
