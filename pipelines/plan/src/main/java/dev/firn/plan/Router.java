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
import dev.firn.definition.selector.TableTemplate;
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
    private final List<RoutedByValue> byValue = new ArrayList<>();

    private record Line(Bound<RouteOptions> bound, Selector from, List<RouteTarget> to) {}

    Router(PipelineDefinition definition, Diagnostics diagnostics) {
        this.definition = definition;
        this.diagnostics = diagnostics;
        for (Bound<RouteOptions> bound : definition.routes()) {
            Selector from = Selector.parse(bound.options().from());
            List<RouteTarget> to = bound.options().to().stream()
                    .map(text -> RouteTarget.parse(text, from.groups()))
                    .toList();
            lines.add(new Line(bound, from, to));
        }
    }

    /**
     * The stream with each of its tables; empty, and reported, if no line names it or the line names no table for it. What
     * goes by a value is kept aside.
     */
    List<RoutedStream> route(SourceDefinition source, StreamDescription stream) {
        if (lines.isEmpty()) {
            return routed(source, stream, tableInNamespace(stream.name()), stream.span()).stream()
                    .toList();
        }
        for (Line line : lines) {
            Optional<List<String>> groups = line.from().match(source.name(), stream.name());
            if (groups.isPresent()) {
                matched.add(line);
                return routed(source, stream, line, groups.get());
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
        return List.of();
    }

    private List<RoutedStream> routed(
            SourceDefinition source, StreamDescription stream, Line line, List<String> groups) {
        List<RoutedStream> copies = new ArrayList<>();
        for (int index = 0; index < line.to().size(); index++) {
            String table = line.to().get(index).expand(stream.name(), groups);
            SourceSpan span = line.bound().span("to", index);
            if (line.to().get(index).namesAValue()) {
                RoutedStream routed = new RoutedStream(source.name(), stream, new TableName(table), span);
                byValue.add(new RoutedByValue(routed, new TableTemplate(table), line.bound()));
                continue;
            }
            routed(source, stream, table, span).ifPresent(routed -> {
                if (copies.stream().anyMatch(other -> other.table().equals(routed.table()))) {
                    diagnostics.at(Planner.place(source)).report(twice(routed));
                } else {
                    copies.add(routed);
                }
            });
        }
        return copies;
    }

    /** All that was routed by a value so far. */
    List<RoutedByValue> byValue() {
        return List.copyOf(byValue);
    }

    private static Diagnostic twice(RoutedStream routed) {
        return Diagnostic.error(
                        PlanCode.TABLE_NAME_CLASH,
                        routed.routedAt(),
                        "the stream `" + routed.stream().name() + "` leads to `" + routed.table() + "` twice")
                .fixedBy("remove one of them");
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
