package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.quality.expression.Problem;
import java.util.Optional;

/** An expression of the file and where it stands. */
record PlacedExpression(String text, SourceSpan span) {

    Diagnostic complaint(Problem problem) {
        Optional<SourceSpan> inside = inside(problem);
        String place = inside.isPresent() ? "" : " (at " + problem.place() + " of the expression)";
        Diagnostic diagnostic =
                Diagnostic.error(PlanCode.INVALID_EXPRESSION, inside.orElse(span), problem.message() + place);
        if (problem.expected().isPresent()) {
            diagnostic = diagnostic.expecting(problem.expected().get());
        }
        return problem.fix().isPresent() ? diagnostic.fixedBy(problem.fix().get()) : diagnostic;
    }

    /** A text of one line that stands in the file as it is; what is folded or escaped has other places there. */
    private Optional<SourceSpan> inside(Problem problem) {
        int quotes = span.length() - text.length();
        if (text.indexOf('\n') >= 0 || (quotes != 0 && quotes != 2)) {
            return Optional.empty();
        }
        return Optional.of(new SourceSpan(
                span.file(),
                span.line(),
                span.column() + quotes / 2 + problem.place().column() - 1,
                problem.place().length()));
    }
}
