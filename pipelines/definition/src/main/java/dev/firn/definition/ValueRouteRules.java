package dev.firn.definition;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.yaml.Node;
import java.util.List;

/** What {@code by}, {@code max-tables} and {@code $by} in {@code to} say must fit together. */
record ValueRouteRules(Node.Mapping route, List<Node.Scalar> targets, Diagnostics here) {

    void check() {
        boolean byValue = route.child("by").isPresent();
        for (Node.Scalar target : targets) {
            if (target.text().contains(TableTemplate.VARIABLE)) {
                target(target, byValue);
            }
        }
        if (byValue && targets.stream().noneMatch(text -> text.text().contains(TableTemplate.VARIABLE))) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_ROUTE_TARGET,
                            span("by"),
                            "option `by` leads nowhere, for `to` does not hold `$by`")
                    .fixedBy("write `to: events.$by`, for example, or remove `by`"));
        }
        if (!byValue && route.child("max-tables").isPresent()) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_VALUE,
                            span("max-tables"),
                            "option `max-tables` limits the tables of `by`, and there is no `by`")
                    .fixedBy("remove it, or add `by: COLUMN`"));
        }
    }

    private void target(Node.Scalar target, boolean byValue) {
        String text = target.text();
        if (!byValue) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_ROUTE_TARGET,
                            target.span(),
                            "option `to` holds `$by`, and there is no `by`: `" + text + "`")
                    .fixedBy("add `by: COLUMN`"));
        } else if (text.indexOf(TableTemplate.VARIABLE) < text.lastIndexOf('.')) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_ROUTE_TARGET,
                            target.span(),
                            "option `to` holds `$by` in the namespace: `" + text + "`")
                    .expecting("`$by` behind the last dot, so that all tables of a route are in one namespace"));
        }
    }

    private SourceSpan span(String option) {
        return route.child(option).map(Node::span).orElse(route.span());
    }
}
