package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/** Finds every reference of a part of the file that leads nowhere in this process, not only the first that is used. */
public record UnresolvedReferences(ReferenceResolver resolver) {

    /** Reports each at its place; answers whether there was one. */
    boolean report(Node node, Diagnostics diagnostics) {
        boolean found = false;
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                found |= report(entry.value(), diagnostics);
            }
        } else if (node instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                found |= report(item, diagnostics);
            }
        } else if (node instanceof Node.Scalar scalar) {
            for (Reference reference : References.in(scalar.text())) {
                found |= report(reference, scalar, diagnostics);
            }
        }
        return found;
    }

    /** The complaint about one reference, at the first place of a node that has it; else at the node itself. */
    public static Diagnostic complaint(UnresolvedReference unresolved, Node node) {
        return Diagnostic.error(
                PlanCode.UNRESOLVED_REFERENCE,
                first(unresolved.reference(), node).orElse(node).span(),
                String.valueOf(unresolved.getMessage()));
    }

    private static Optional<Node> first(String reference, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .flatMap(entry -> first(reference, entry.value()).stream())
                    .findFirst();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream()
                    .flatMap(item -> first(reference, item).stream())
                    .findFirst();
        }
        return node instanceof Node.Scalar scalar && scalar.text().contains(reference)
                ? Optional.of(scalar)
                : Optional.empty();
    }

    private boolean report(Reference reference, Node.Scalar scalar, Diagnostics diagnostics) {
        try {
            resolver.resolve(reference.raw());
            return false;
        } catch (UnresolvedReference unresolved) {
            diagnostics.report(Diagnostic.error(
                    PlanCode.UNRESOLVED_REFERENCE, scalar.span(), String.valueOf(unresolved.getMessage())));
            return true;
        }
    }
}
