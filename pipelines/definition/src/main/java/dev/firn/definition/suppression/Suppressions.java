package dev.firn.definition.suppression;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.diagnostic.SuppressedDiagnostic;
import dev.firn.definition.diagnostic.Told;
import dev.firn.definition.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a pipeline says under {@code suppress:}, in the order of the file. */
public record Suppressions(List<Suppression> entries) {

    public static final Suppressions NONE = new Suppressions(List.of());

    private static final String PLACE = "pipeline > suppress";

    /** One code with its reason; the span is the code's. */
    record Suppression(String code, String reason, SourceSpan span) {}

    public Suppressions {
        entries = List.copyOf(entries);
    }

    public static Suppressions of(PipelineDefinition definition) {
        List<Suppression> entries = new ArrayList<>();
        if (definition.pipeline().node().child("suppress").orElse(null) instanceof Node.Mapping said) {
            definition
                    .pipeline()
                    .options()
                    .suppress()
                    .forEach((code, reason) -> entries.add(new Suppression(code, reason, keySpan(said, code))));
        }
        return new Suppressions(entries);
    }

    private static SourceSpan keySpan(Node.Mapping said, String code) {
        return said.entry(code).map(entry -> entry.key().span()).orElse(said.span());
    }

    /** Refuses codes that there are not, and reasons that are none. */
    public List<Diagnostic> check(Collection<String> codes) {
        Diagnostics diagnostics = new Diagnostics();
        Diagnostics here = diagnostics.at(PLACE);
        for (Suppression entry : entries) {
            if (!codes.contains(entry.code())) {
                here.report(unknown(entry, codes));
            }
            if (entry.reason().isBlank()) {
                here.report(Diagnostic.error(
                                SuppressionCode.INVALID_SUPPRESSION,
                                entry.span(),
                                "`" + entry.code() + "` is suppressed without a reason")
                        .fixedBy("say why it is meant, for whoever reads the file next"));
            }
        }
        return diagnostics.inOrder();
    }

    private static Diagnostic unknown(Suppression entry, Collection<String> codes) {
        Diagnostic diagnostic = Diagnostic.error(
                        SuppressionCode.INVALID_SUPPRESSION, entry.span(), "there is no code `" + entry.code() + "`")
                .expecting("the code of a warning, a note or a danger, as it stands in brackets behind that word");
        return Suggestion.nearest(entry.code(), codes)
                .map(code -> diagnostic.fixedBy("write `" + code + "`"))
                .orElse(diagnostic);
    }

    /** Takes out what is suppressed; errors stay, and say that they do. */
    public Told told(List<Diagnostic> diagnostics) {
        List<Diagnostic> told = new ArrayList<>();
        List<SuppressedDiagnostic> suppressed = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            Optional<Suppression> entry = of(diagnostic);
            if (entry.isEmpty()) {
                told.add(diagnostic);
            } else if (diagnostic.severity() == Severity.ERROR) {
                told.add(diagnostic);
                told.add(error(entry.get()));
            } else {
                suppressed.add(new SuppressedDiagnostic(diagnostic, entry.get().reason()));
            }
        }
        return new Told(told.stream().sorted(Diagnostic.BY_PLACE).distinct().toList(), suppressed);
    }

    private Optional<Suppression> of(Diagnostic diagnostic) {
        return entries.stream()
                .filter(entry -> entry.code().equals(diagnostic.code().code()))
                .findFirst();
    }

    private static Diagnostic error(Suppression entry) {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics
                .at(PLACE)
                .report(Diagnostic.error(
                                SuppressionCode.INVALID_SUPPRESSION,
                                entry.span(),
                                "`" + entry.code() + "` is an error here, and an error can't be suppressed")
                        .fixedBy("mend what it says, and remove this"));
        return diagnostics.inOrder().get(0);
    }

    /**
     * Warns of those that suppress nothing; only to be asked where all was looked at.
     *
     * @param told with these suppressions
     * @param unseen codes that could not have come up
     */
    public List<Diagnostic> unused(Told told, Collection<String> unseen) {
        Diagnostics diagnostics = new Diagnostics();
        for (Suppression entry : entries) {
            boolean used = told.suppressed().stream()
                    .anyMatch(
                            suppressed -> suppressed.diagnostic().code().code().equals(entry.code()));
            if (!used && !unseen.contains(entry.code())) {
                diagnostics
                        .at(PLACE)
                        .report(Diagnostic.warning(
                                        SuppressionCode.UNUSED_SUPPRESSION,
                                        entry.span(),
                                        "`" + entry.code() + "` does not come up, so there is nothing to suppress")
                                .fixedBy("remove it; what one environment alone needs stands in its `pipeline:`"));
            }
        }
        return diagnostics.inOrder();
    }
}
