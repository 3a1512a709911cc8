package dev.firn.flink.local;

import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What operators say, changed as a mistake in them would change it, and what the job then says. */
final class Altered {

    private Altered() {}

    /** The message of a job whose sums do not hold, with these lines of the topic {@code TOPIC}. */
    static String sheet(String lines, FakeTopic topic) {
        String partition = "kafka/" + topic.name() + "-0";
        return "our bug: the sums of epoch 1 do not hold, so nothing of it is committed\nbalance sheet of epoch 1\n"
                + lines.replace(String.format("%-40s", "kafka/TOPIC-0"), String.format("%-40s", partition))
                        .replace("kafka/TOPIC-0", partition);
    }

    static boolean isFirst(Object value) {
        return value instanceof RawRecord record && record.position() == 0;
    }

    static boolean isFirst(Object value, TableName table) {
        return value instanceof GatheredRecord gathered && gathered.table().equals(table) && isFirst(gathered.record());
    }

    static LedgerEntry withRead(LedgerEntry entry, long more) {
        List<SplitProgress> progress = entry.progress().stream()
                .map(line -> new SplitProgress(line.split(), line.from(), line.to(), line.read() + more))
                .toList();
        return new LedgerEntry(entry.operator(), entry.subtask(), progress, entry.outcomes(), entry.staged());
    }

    /** Changes the first count of an outcome. */
    static LedgerEntry withOutcome(LedgerEntry entry, Outcome outcome, long more) {
        return withOutcome(entry, count -> count.outcome() == outcome, more);
    }

    static LedgerEntry withOutcome(LedgerEntry entry, Outcome outcome, TableName table, long more) {
        return withOutcome(
                entry, count -> count.outcome() == outcome && count.table().equals(table.full()), more);
    }

    static LedgerEntry withOutcome(LedgerEntry entry, Predicate<OutcomeCount> which, long more) {
        AtomicInteger found = new AtomicInteger();
        List<OutcomeCount> outcomes = entry.outcomes().stream()
                .map(count -> which.test(count) && found.getAndIncrement() == 0
                        ? new OutcomeCount(
                                count.split(), count.outcome(), count.table(), count.reason(), count.records() + more)
                        : count)
                .toList();
        return new LedgerEntry(entry.operator(), entry.subtask(), entry.progress(), outcomes, entry.staged());
    }

    static LedgerEntry withFiles(LedgerEntry entry, TableName table, long more) {
        List<StagedFiles> staged = entry.staged().stream()
                .map(files -> files.table().equals(table)
                        ? new StagedFiles(
                                table,
                                files.incarnation(),
                                files.pointer(),
                                files.files(),
                                files.records() + more,
                                files.bytes())
                        : files)
                .toList();
        return new LedgerEntry(entry.operator(), entry.subtask(), entry.progress(), entry.outcomes(), staged);
    }
}
