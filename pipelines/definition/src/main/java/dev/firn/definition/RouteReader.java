package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.selector.InvalidRouteTarget;
import dev.firn.definition.selector.InvalidSelector;
import dev.firn.definition.selector.Names;
import dev.firn.definition.selector.RouteTarget;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.yaml.Node;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds {@code route:} and checks that each line can lead to a table. */
record RouteReader(Sections sections, Set<String> sources) {

    private static final String EXPECTATION = "a list of mappings such as `{from: orders, to: sales.orders}`";

    List<Bound<RouteOptions>> read() {
        return sections.optional("route").stream()
                .flatMap(node -> sections.entries(node, "route", EXPECTATION, RouteOptions.class).stream())
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Bound<RouteOptions>> read(Node.Mapping route) {
        Diagnostics here = sections.at("route", route, "from");
        Optional<Selector> from = Sections.plainText(route, "from").flatMap(text -> selector("from", text, here));
        from.flatMap(this::missingSource).ifPresent(source -> here.report(unknownSource(route, source)));
        List<Node.Scalar> targets = Sections.plainTexts(route, "to");
        targets.forEach(text -> target(text, from, here));
        refuseRepeated(targets, here);
        new ValueRouteRules(route, targets, here).check();
        return Binder.bind(route, RouteOptions.class, here);
    }

    private static void refuseRepeated(List<Node.Scalar> targets, Diagnostics here) {
        Set<String> seen = new HashSet<>();
        for (Node.Scalar target : targets) {
            if (!seen.add(target.text())) {
                here.report(Diagnostic.error(
                                DefinitionCode.INVALID_ROUTE_TARGET,
                                target.span(),
                                "option `to` holds `" + target.text() + "` twice")
                        .fixedBy("remove one of them"));
            }
        }
    }

    static Optional<Selector> selector(String option, Node.Scalar text, Diagnostics here) {
        try {
            return Optional.of(Selector.parse(text.text()));
        } catch (InvalidSelector e) {
            Diagnostic diagnostic = Diagnostic.error(
                            DefinitionCode.INVALID_SELECTOR, text.span(), complaint(option, e.reason(), text))
                    .expecting(Selector.EXPECTATION);
            Optional<String> fix = text.text().matches("[^/].*,.*")
                    ? Optional.of("write an entry for each")
                    : Selector.betweenSlashes(text.text()).map(right -> "write `" + right + "`");
            here.report(fix.map(diagnostic::fixedBy).orElse(diagnostic));
            return Optional.empty();
        }
    }

    private static String complaint(String option, String reason, Node.Scalar text) {
        return "option `" + option + "` " + reason + ": `" + text.text() + "`";
    }

    private Optional<String> missingSource(Selector selector) {
        return selector.source()
                .filter(source -> !sources.isEmpty() && sources.stream().noneMatch(Selector.parse(source)::matches));
    }

    private Diagnostic unknownSource(Node.Mapping route, String source) {
        SourceSpan span = route.child("from").map(Node::span).orElse(route.span());
        return Diagnostic.error(DefinitionCode.INVALID_SELECTOR, span, "no source has the name `" + source + "`")
                .expecting(Suggestion.oneOf(sources));
    }

    private void target(Node.Scalar text, Optional<Selector> from, Diagnostics here) {
        int groups = from.map(Selector::groups).orElse(Integer.MAX_VALUE);
        try {
            RouteTarget target = RouteTarget.parse(text.text(), groups);
            TableTemplate table = new TableTemplate(target.expand("x", Collections.nCopies(1000, "x")));
            if (!Names.isTableName(table.sample())) {
                here.report(TableReader.invalidTableName("to", text));
            }
        } catch (InvalidRouteTarget e) {
            Diagnostic diagnostic = Diagnostic.error(
                            DefinitionCode.INVALID_ROUTE_TARGET, text.span(), complaint("to", e.reason(), text))
                    .expecting("`namespace.table`, in which `$stream`, `$1`, `$2` … may stand");
            String right = text.text().replaceAll("\\$(topic|table|name)\\b", "\\$stream");
            here.report(right.equals(text.text()) ? diagnostic : diagnostic.fixedBy("write `" + right + "`"));
        }
    }
}
