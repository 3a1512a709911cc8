package dev.firn.cli.run;

import dev.firn.cli.EndedReplay;
import dev.firn.flink.JobSettings;
import dev.firn.flink.commit.Reattachment;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every start does up to its job, wherever that is going to run: looks whether tables and sources fit, makes tables, claims
 * the next run, and decides what to go on from.
 *
 * @param after the ledger's last epoch before this run
 * @param state the address of the one to go on from
 * @param detached tables that are, of which the sentences speak
 * @param sentences for whoever watches
 */
record ReadyRun(
        JobSettings settings, long after, Optional<String> state, Set<TableName> detached, List<String> sentences) {

    ReadyRun {
        detached = Set.copyOf(detached);
        sentences = List.copyOf(sentences);
    }

    /**
     * @param live what the sources hold now
     * @throws RunRefused if rows would be lost or doubled, unless it is allowed
     */
    static ReadyRun of(PlannedPipeline pipeline, Set<Allowed> allowed, ResumePoint resume, List<SplitRange> live)
            throws RunRefused, InterruptedException {
        LedgerState found = pipeline.lake().ledger().read();
        List<TableName> dropped = refuseIfItDoesNotFit(pipeline, allowed, resume, found, live);
        ClaimedRun run = ClaimedRun.of(pipeline.plan(), pipeline.lake(), dropped);
        dropped.forEach(table -> pipeline.lake().startBehind(table, found.lastEpoch()));
        List<Reattachment.Outcome> detached = new Reattachment(pipeline.lake(), run.number()).run();
        endReplay(pipeline);
        ResumePoint.Chosen chosen = resume.chosen(run.before());
        List<String> sentences = new ArrayList<>(chosen.sentences());
        sentences.addAll(DetachedLines.atStart(detached));
        sentences.addAll(PausedLines.of(pipeline));
        sentences.addAll(KnownTimes.sentences(run.newest()));
        JobSettings settings = run.settings(JobSettings.Restarts.BOUNDED);
        return new ReadyRun(
                allowed.contains(Allowed.PARTITION_CUT_OFF) ? settings.lettingLastRecordsGo() : settings,
                run.before().lastEpoch(),
                chosen.state(),
                DetachedLines.told(detached),
                sentences);
    }

    /** What somebody puts back into a table by an older file is no row that its writers would know of. */
    private static void endReplay(PlannedPipeline pipeline) throws InterruptedException {
        PlannedUnique unique = PlannedUnique.in(pipeline.plan());
        if (!unique.isEmpty()) {
            EndedReplay.of(pipeline.lake(), table -> unique.of(table).isPresent());
        }
    }

    /**
     * Before anything is changed, the claim of a run included, which would end one that is under way.
     *
     * @return tables that were dropped, and may be
     */
    private static List<TableName> refuseIfItDoesNotFit(
            PlannedPipeline pipeline,
            Set<Allowed> allowed,
            ResumePoint resume,
            LedgerState ledger,
            List<SplitRange> live)
            throws RunRefused {
        resume.chosen(ledger);
        BeforeTheRun checks = new BeforeTheRun(pipeline, allowed, ledger);
        checks.checkQuarantine();
        checks.checkSources(live);
        return checks.checkTables();
    }
}
