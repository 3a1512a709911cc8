package dev.firn.cli.doctor;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.health.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a run needs of the file: that lint is content, and that each reference leads to a value. */
public final class FileQuestions {

    public static final String ABOUT = "the file";

    private FileQuestions() {}

    /**
     * What lint says, in one line.
     *
     * @param arguments the file as the command line names it
     */
    public static Health lint(String arguments, List<Diagnostic> diagnostics) {
        String summary = diagnostics.isEmpty() ? "nothing to complain of" : DiagnosticPrinter.summary(diagnostics);
        return diagnostics.stream().noneMatch(found -> found.severity() == Severity.ERROR)
                ? Health.well("lint", summary)
                : Health.unwell("lint", summary, "firn lint " + arguments + " shows them");
    }

    /** Names, and never what they stand for; a default in the file is no name. */
    public static List<Health> references(Node root, ReferenceResolver resolver) {
        Set<String> resolved = new TreeSet<>();
        List<Health> unresolved = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Reference reference : in(root)) {
            String name = name(reference);
            if (!seen.add(name)) {
                continue;
            }
            try {
                resolver.resolve(reference.raw());
                resolved.add("`" + name + "`");
            } catch (UnresolvedReference leadsNowhere) {
                unresolved.add(Health.unwell("reference", String.valueOf(leadsNowhere.getMessage())));
            }
        }
        if (!resolved.isEmpty()) {
            unresolved.add(0, Health.well("references", "there is a value behind " + String.join(", ", resolved)));
        }
        return unresolved;
    }

    private static String name(Reference reference) {
        return reference.kind() == Reference.Kind.ENV ? "${env:" + reference.name() + "}" : reference.raw();
    }

    private static List<Reference> in(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .flatMap(entry -> in(entry.value()).stream())
                    .toList();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().flatMap(item -> in(item).stream()).toList();
        }
        return node instanceof Node.Scalar scalar ? References.in(scalar.text()) : List.of();
    }
}
