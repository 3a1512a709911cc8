package dev.firn.definition.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticCode;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.diagnostic.SuppressedDiagnostic;
import dev.firn.definition.diagnostic.Told;
import dev.firn.definition.project.ProjectCode;
import dev.firn.definition.testing.FakeComponents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuppressionsTest {

    private static final String TEXT =
            """
            pipeline:
              name: orders
              suppress:
                wrong-type: "it is meant"
                invalid-valeu: "a typing mistake"
                missing-option: " "
            source: {type: kafka, topics: [orders]}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: x}}
            """;

    private static final Set<String> CODES = Set.of("wrong-type", "invalid-value", "missing-option");

    private final Suppressions suppressions = Suppressions.of(definition());

    @Test
    void refusesACodeThatThereIsNotAndAReasonThatIsNone() {
        assertThat(printed(suppressions.check(CODES)))
                .isEqualTo(
                        """
                        orders.yaml:5:5: error[invalid-suppression]: there is no code `invalid-valeu`
                          at pipeline > suppress
                         5 |     invalid-valeu: "a typing mistake"
                           |     ^^^^^^^^^^^^^
                           expected: the code of a warning, a note or a danger, as it stands in brackets behind that word
                           fix: write `invalid-value`                                 help: firn help invalid-suppression

                        orders.yaml:6:5: error[invalid-suppression]: `missing-option` is suppressed without a reason
                          at pipeline > suppress
                         6 |     missing-option: " "
                           |     ^^^^^^^^^^^^^^
                           fix: say why it is meant, for whoever reads the file next  help: firn help invalid-suppression

                        2 errors
                        """);
    }

    @Test
    void takesOutWarningsNotesAndDangersAndKeepsTheirReason() {
        for (Severity severity : List.of(Severity.WARNING, Severity.NOTE, Severity.DANGER)) {
            Diagnostic meant = diagnostic(DefinitionCode.WRONG_TYPE, severity);
            Diagnostic other = diagnostic(DefinitionCode.INVALID_SELECTOR, severity);
            assertThat(suppressions.told(List.of(meant, other)))
                    .isEqualTo(new Told(List.of(other), List.of(new SuppressedDiagnostic(meant, "it is meant"))));
        }
    }

    @Test
    void leavesErrorsAndSaysThatItDoes() {
        Diagnostic error = diagnostic(DefinitionCode.WRONG_TYPE, Severity.ERROR);

        Told told = suppressions.told(List.of(error, error));

        assertThat(told.suppressed()).isEmpty();
        assertThat(told.diagnostics()).hasSize(2).contains(error);
        assertThat(printed(told.diagnostics()))
                .endsWith(
                        """
                        orders.yaml:4:5: error[invalid-suppression]: `wrong-type` is an error here, and an error can't be suppressed
                          at pipeline > suppress
                         4 |     wrong-type: "it is meant"
                           |     ^^^^^^^^^^
                           fix: mend what it says, and remove this                    help: firn help invalid-suppression

                        2 errors
                        """);
    }

    @Test
    void warnsOfWhatDoesNotComeUp() {
        Told told = suppressions.told(List.of(diagnostic(DefinitionCode.MISSING_OPTION, Severity.WARNING)));

        assertThat(printed(suppressions.unused(told, Set.of("invalid-valeu"))))
                .isEqualTo(
                        """
                        orders.yaml:4:5: warning[unused-suppression]: `wrong-type` does not come up, so there is nothing to suppress
                          at pipeline > suppress
                         4 |     wrong-type: "it is meant"
                           |     ^^^^^^^^^^
                           fix: remove it; what one environment alone needs stands in its `pipeline:`
                           help: firn help unused-suppression

                        1 warning
                        """);
    }

    static Stream<DiagnosticCode> codes() {
        return Stream.concat(Stream.of(SuppressionCode.values()), Stream.of(ProjectCode.values()));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeHasAPage(DiagnosticCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        assertThat(page).startsWith("# " + code.code() + "\n").contains("## Wrong", "## Right");
        assertThat(page.lines().count()).isBetween(10L, 40L);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    private static Diagnostic diagnostic(DiagnosticCode code, Severity severity) {
        SourceSpan span = new SourceSpan("orders.yaml", 1, 1, 1);
        return new Diagnostic(code, severity, span, "", "something", Optional.empty(), Optional.empty());
    }

    private static String printed(List<Diagnostic> diagnostics) {
        return new DiagnosticPrinter(SourceText.of("orders.yaml", TEXT)).print(diagnostics);
    }

    private static PipelineDefinition definition() {
        return PipelineReader.read("orders.yaml", TEXT, new FakeComponents())
                .value()
                .orElseThrow();
    }
}
