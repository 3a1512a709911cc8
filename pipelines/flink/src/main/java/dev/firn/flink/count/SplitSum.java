package dev.firn.flink.count;

import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was read of one split against what became of it. */
final class SplitSum implements BalanceSheet.Sum {

    private final Split split;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> details = new ArrayList<>();
    private long read;

    SplitSum(Split split) {
        this.split = split;
    }

    void read(SplitProgress progress) {
        read += progress.read();
        details.add(text("read %,d, positions %,d to %,d", progress.read(), progress.from(), progress.to()));
    }

    void add(OutcomeCount count) {
        outcomes.merge(count.outcome(), count.records(), Long::sum);
        String table = count.table().isEmpty() ? "" : " " + count.table();
        String reason = count.reason().isEmpty() ? "" : " (" + count.reason() + ")";
        details.add(text("%s %,d%s%s", count.outcome().word(), count.records(), table, reason));
    }

    private long accountedFor() {
        return outcomes.entrySet().stream()
                .mapToLong(outcome -> isSubtracted(outcome.getKey()) ? -outcome.getValue() : outcome.getValue())
                .sum();
    }

    /** A copy has an outcome of its own besides, but was not read. */
    private static boolean isSubtracted(Outcome outcome) {
        return outcome == Outcome.COPIED;
    }

    @Override
    public boolean holds() {
        return read == accountedFor();
    }

    @Override
    public String line() {
        StringBuilder terms = new StringBuilder();
        outcomes.forEach((outcome, records) -> terms.append(
                        terms.isEmpty() && !isSubtracted(outcome) ? "" : isSubtracted(outcome) ? " - " : " + ")
                .append(text("%s %,d", outcome.word(), records)));
        String line = text(
                "%-40s read %,d = %s",
                split.id(), read, terms.isEmpty() ? "nothing" : terms.toString().strip());
        long accountedFor = accountedFor();
        if (read == accountedFor) {
            return line;
        }
        String verdict = read > accountedFor
                ? text("%,d without an outcome", read - accountedFor)
                : text("%,d with an outcome but not read", accountedFor - read);
        return line + text(" = %,d   <- ", accountedFor) + verdict;
    }

    @Override
    public List<String> details() {
        return List.copyOf(details);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
