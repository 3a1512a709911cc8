package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.project.Project;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import java.util.HashSet;
import java.util.Set;

/** Refuses what a file says and nothing acts on yet: a mask that masks nothing would be worse than none. */
final class UnbuiltCheck {

    private final PipelineDefinition definition;
    private final Diagnostics diagnostics;
    private final Set<String> sources = new HashSet<>();

    UnbuiltCheck(PipelineDefinition definition, Diagnostics diagnostics) {
        this.definition = definition;
        this.diagnostics = diagnostics;
        run();
    }

    /** Whether a source can't be read as the file says; nobody is asked for its schemas then. */
    boolean concerns(SourceDefinition source) {
        return sources.contains(source.name());
    }

    private void run() {
        Unbuilt.report(definition.pipeline(), diagnostics.at("pipeline"));
        definition.layers().inUse().ifPresent(environment -> Unbuilt.report(environment, diagnostics.at(Project.FILE)));
        definition.sources().forEach(this::source);
        for (Bound<RouteOptions> route : definition.routes()) {
            Unbuilt.report(route, diagnostics.at("route (" + route.options().from() + ")"));
        }
        for (Bound<TableOptions> table : definition.tables()) {
            Unbuilt.report(table, diagnostics.at("tables (" + table.options().table() + ")"));
        }
        Unbuilt.report(
                definition.sink().component(),
                diagnostics.at("sink (" + definition.sink().type() + ")"));
        definition.quarantine().ifPresent(section -> Unbuilt.report(section, diagnostics.at("quarantine")));
        definition.maintenance().ifPresent(section -> maintenance());
        for (Bound<TestOptions> test : definition.tests()) {
            Unbuilt.report(test, diagnostics.at("tests (" + test.options().name() + ")"));
        }
    }

    private void source(SourceDefinition source) {
        Diagnostics here = diagnostics.at(Planner.place(source));
        if (Unbuilt.isUnbuilt(source.component().options().getClass())) {
            here.report(Unbuilt.complaint(
                    "`type: " + source.type() + "`", source.component().span("type")));
            sources.add(source.name());
        } else if (Unbuilt.report(source.component(), here)) {
            sources.add(source.name());
        }
    }

    private void maintenance() {
        definition.root().entry("maintenance").map(Node.Entry::key).ifPresent(key -> diagnostics
                .at("maintenance")
                .report(Unbuilt.complaint("section `maintenance`", key.span())
                        .fixedBy(Unbuilt.FIX + "; `firn maintain` looks after tables beside the job")));
    }
}
