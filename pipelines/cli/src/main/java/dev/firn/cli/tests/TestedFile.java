package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;

/**
 * What became of the tests of one file.
 *
 * @param file as it was named
 * @param arguments the same as a command line has it, with its environment
 * @param outcomes in the order of the file; none where it can't be tested
 * @param complaints about the file
 */
public record TestedFile(String file, String arguments, List<Outcome> outcomes, List<Diagnostic> complaints) {

    public TestedFile {
        outcomes = List.copyOf(outcomes);
        complaints = List.copyOf(complaints);
    }

    /** One test; it has passed where nothing is different. */
    public record Outcome(String name, SourceSpan place, List<Difference> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /** What keeps it from being tested. */
    public List<Diagnostic> errors() {
        return complaints.stream()
                .filter(complaint -> complaint.severity() == Severity.ERROR)
                .toList();
    }

    public long failed() {
        return outcomes.stream().filter(outcome -> !outcome.passed()).count();
    }
}
