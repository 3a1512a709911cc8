package dev.firn.cli.audit;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import java.time.Instant;
import java.util.Optional;

/** Makes the audit of one pipeline; changes nothing, and the pipeline may run meanwhile. */
public final class AuditRun {

    private final PipelineDefinition definition;
    private final Connectors connectors;
    private final LivePlanContext context;
    private final LakeNames names;

    public AuditRun(PipelineDefinition definition, Connectors connectors, LivePlanContext context) {
        this.definition = definition;
        this.connectors = connectors;
        this.context = context;
        this.names = Planner.lakeNames(definition);
    }

    /**
     * Asks the sources and forgets what they say: whoever waits for a recount learns at once that a broker is away.
     *
     * @param diagnostics gets references that lead nowhere
     */
    public void trySources(Diagnostics diagnostics) {
        sources(diagnostics);
    }

    private SourceExtents sources(Diagnostics diagnostics) {
        return SourceExtents.ask(definition, connectors, context, diagnostics);
    }

    /** The sheet of the ledger alone. */
    public AuditReport report(Lake lake, Since since, Instant now) {
        AuditSheet sheet = new AuditSheet(names.quarantine(), since, now);
        lake.ledger().history(0, sheet::add);
        return new AuditReport(names.ledger(), sheet, AuditReport.Detached.in(lake.ledger()), Optional.empty());
    }

    /** The same, and what is outside held against it. */
    public AuditReport recount(Lake lake, Since since, Instant now, RecountProgress progress) {
        AuditSheet sheet = new AuditSheet(names.quarantine(), since, now);
        Recounter recounter = Recounter.countTables(lake, names.quarantine(), progress);
        lake.ledger().history(0, epoch -> {
            sheet.add(epoch);
            recounter.add(epoch);
        });
        Recount recount = recounter.recount(() -> sources(new Diagnostics()));
        return new AuditReport(names.ledger(), sheet, AuditReport.Detached.in(lake.ledger()), Optional.of(recount));
    }
}
