package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.Names;
import dev.firn.definition.selector.RouteTarget;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.StreamDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the table of each stream: the first line of {@code route:} that matches wins. */
final class Router {

    private final PipelineDefinition definition;
    private final Diagnostics diagnostics;
    private final List<Line> lines = new ArrayList<>();
    private final Set<Line> matched = new HashSet<>();

    private record Line(Bound<RouteOptions> bound, Selector from, RouteTarget to) {}

    Router(PipelineDefinition definition, Diagnostics diagnostics) {
        this.definition = definition;
        this.diagnostics = diagnostics;
        for (Bound<RouteOptions> bound : definition.routes()) {
            Selector from = Selector.parse(bound.options().from());
            lines.add(new Line(bound, from, RouteTarget.parse(bound.options().to(), from.groups())));
        }
    }

    /** The stream with its table; empty, and reported, if no line names it or the line names no table for it. */
    Optional<RoutedStream> route(SourceDefinition source, StreamDescription stream) {
        if (lines.isEmpty()) {
            return routed(source, stream, tableInNamespace(stream.name()), stream.span());
        }
        for (Line line : lines) {
            Optional<List<String>> groups = line.from().match(source.name(), stream.name());
            if (groups.isPresent()) {
                matched.add(line);
                String table = line.to().expand(stream.name(), groups.get());
                return routed(source, stream, table, line.bound().span("to"));
            }
        }
        diagnostics
                .at(Planner.place(source))
                .report(Diagnostic.error(
                                PlanCode.UNROUTED_STREAM,
                                stream.span(),
                                "no route names the stream `" + stream.name() + "`")
                        .fixedBy("add `- {from: " + stream.name() + ", to: " + tableInNamespace(stream.name())
                                + "}` to `route:`"));
        return Optional.empty();
    }

    private Optional<RoutedStream> routed(
            SourceDefinition source, StreamDescription stream, String table, SourceSpan routedAt) {
        if (Names.isTableName(table)) {
            return Optional.of(new RoutedStream(source.name(), stream, new TableName(table), routedAt));
        }
        diagnostics
                .at(Planner.place(source))
                .report(Diagnostic.error(
                                DefinitionCode.INVALID_TABLE_NAME,
                                routedAt,
                                "the stream `" + stream.name() + "` leads to `" + table + "`, which is no table name")
                        .expecting(Names.TABLE_NAME));
        return Optional.empty();
    }

    private String tableInNamespace(String stream) {
        return definition.sink().namespace() + "." + Names.fromStream(stream);
    }

    /** A line that no stream reached is probably a slip of the pen. */
    void reportUnmatched() {
        for (Line line : lines) {
            if (!matched.contains(line)) {
                diagnostics
                        .at("route (" + line.from() + ")")
                        .report(Diagnostic.warning(
                                PlanCode.UNMATCHED_ROUTE,
                                line.bound().span("from"),
                                "no stream is routed by `" + line.from()
                                        + "`: none has that name, or a line above takes it"));
            }
        }
    }
}
