package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.schema.TableName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Says of a change of a table that is there what its decision means. */
record DriftReport(TableName table, SourceSpan place, Diagnostics diagnostics) {

    private static final Set<Decision> GOING_ON = EnumSet.of(Decision.APPLY, Decision.KEEP_NULLABLE, Decision.IGNORE);

    /** What differs, in a sentence without an end. */
    record Fact(PlanCode code, ChangeKind kind, String words) {}

    static boolean goesOn(Decision decision) {
        return GOING_ON.contains(decision);
    }

    /**
     * @param applied what the first record of that schema does where the table changes with it
     * @param fix where it does not
     */
    void report(Fact fact, Decision decision, String applied, String fix) {
        String consequence =
                switch (decision) {
                    case APPLY, KEEP_NULLABLE -> "its first record " + applied;
                    case IGNORE -> "its values are left out";
                    case QUARANTINE -> "records of that schema go to quarantine";
                    case PAUSE_TABLE -> "records of that schema wait";
                    case FAIL -> "its first record ends the job";
                };
        diagnostics.report(new Diagnostic(
                fact.code(),
                goesOn(decision) ? Severity.NOTE : Severity.DANGER,
                place,
                "",
                fact.words() + ": " + consequence + " (`" + fact.kind().word() + ": " + decision.word() + "`)",
                Optional.empty(),
                goesOn(decision) ? Optional.empty() : Optional.of(fix)));
    }
}
