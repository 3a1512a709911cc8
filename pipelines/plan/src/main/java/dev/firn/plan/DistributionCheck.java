package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether an entry's {@code write.distribution-mode} is one, and one that Firn follows. */
record DistributionCheck(Diagnostics diagnostics) {

    private static final String PROPERTY = "write.distribution-mode";
    private static final String RANGE = "range";
    private static final List<String> FOLLOWED = List.of("none", "hash");

    void check(Bound<TableOptions> entry) {
        Optional.ofNullable(entry.options().properties().get(PROPERTY))
                .flatMap(mode -> complaint(mode, entry.span("properties", PROPERTY)))
                .ifPresent(diagnostics::report);
    }

    /** Iceberg reads the word in any case. */
    private static Optional<Diagnostic> complaint(String mode, SourceSpan span) {
        String word = mode.toLowerCase(Locale.ROOT);
        if (FOLLOWED.contains(word)) {
            return Optional.empty();
        }
        if (word.equals(RANGE)) {
            return Optional.of(Diagnostic.warning(
                            PlanCode.DISTRIBUTION_MODE_UNSUITED,
                            span,
                            "`range` is for engines that sort all rows before they write; Firn writes the table as with"
                                    + " `none`")
                    .expecting(Suggestion.oneOf(FOLLOWED)));
        }
        Diagnostic unknown = Diagnostic.error(
                        PlanCode.DISTRIBUTION_MODE_UNSUITED, span, "`" + mode + "` is no `" + PROPERTY + "`")
                .expecting(Suggestion.oneOf(FOLLOWED));
        return Optional.of(Suggestion.nearest(word, FOLLOWED)
                .map(nearest -> unknown.fixedBy("write `" + nearest + "`"))
                .orElse(unknown));
    }
}
