package dev.firn.definition.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticPrinterTest {

    private static final String FILE = "examples/orders/pipeline.yaml";
    private static final String TEXT =
            "pipeline: {name: orders}\nsource:\n  type: kafka\n  topics: [orders]\n  start-up: earliest\n";

    @Test
    void printsThePageOfTheStyleGuide() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics
                .at("source (kafka)")
                .report(Diagnostic.error(
                                DefinitionCode.UNKNOWN_OPTION,
                                new SourceSpan(FILE, 5, 3, 8),
                                "unknown option `start-up`")
                        .expecting(Suggestion.oneOf(List.of(
                                "exclude",
                                "format",
                                "lost-offsets",
                                "metadata",
                                "name",
                                "properties",
                                "startup",
                                "tombstones",
                                "topics",
                                "type")))
                        .fixedBy("rename it to `startup`"));

        assertThat(new DiagnosticPrinter(SourceText.of(FILE, TEXT)).print(diagnostics.inOrder()))
                .isEqualTo(
                        """
                examples/orders/pipeline.yaml:5:3: error[unknown-option]: unknown option `start-up`
                  at source (kafka)
                 5 |   start-up: earliest
                   |   ^^^^^^^^
                   expected: one of `exclude`, `format`, `lost-offsets`, `metadata`, `name`, `properties`,
                             `startup`, `tombstones`, `topics`, `type`
                   fix: rename it to `startup`                                help: firn help unknown-option

                1 error
                """);
    }

    @Test
    void countsEachSeverityAndOrdersByPlace() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.report(Diagnostic.error(DefinitionCode.WRONG_TYPE, new SourceSpan(FILE, 2, 1, 1), "second"));
        diagnostics.report(Diagnostic.warning(DefinitionCode.WRONG_TYPE, new SourceSpan(FILE, 3, 1, 1), "third"));
        diagnostics.report(Diagnostic.error(DefinitionCode.WRONG_TYPE, new SourceSpan(FILE, 1, 1, 1), "first"));

        assertThat(diagnostics.inOrder()).extracting(Diagnostic::message).containsExactly("first", "second", "third");
        assertThat(DiagnosticPrinter.summary(diagnostics.inOrder())).isEqualTo("2 errors, 1 warning");
        assertThat(diagnostics.exitCode()).hasValue(2);
    }

    @Test
    void printsNothingForNothing() {
        assertThat(new DiagnosticPrinter(SourceText.onDisk()).print(List.of())).isEmpty();
    }

    @Test
    void leavesTheLineOutWhereTheFileCanNotBeRead() {
        Diagnostic diagnostic =
                Diagnostic.error(DefinitionCode.WRONG_TYPE, new SourceSpan("no/such/file.yaml", 1, 1, 1), "is wrong");

        assertThat(new DiagnosticPrinter(SourceText.onDisk()).print(List.of(diagnostic)))
                .isEqualTo(
                        """
                no/such/file.yaml:1:1: error[wrong-type]: is wrong
                   help: firn help wrong-type

                1 error
                """);
    }

    @Test
    void cutsALongLineAroundThePlace() {
        String line = "a".repeat(200) + "HERE" + "b".repeat(200);
        Diagnostic diagnostic = Diagnostic.error(DefinitionCode.WRONG_TYPE, new SourceSpan("f", 1, 201, 4), "is wrong");
        String page = new DiagnosticPrinter(SourceText.of("f", line)).print(List.of(diagnostic));

        assertThat(page.lines())
                .allSatisfy(printed -> assertThat(printed.length()).isLessThanOrEqualTo(100));
        String shown = page.lines().toList().get(1);
        String carets = page.lines().toList().get(2);
        assertThat(shown).startsWith(" 1 | …").endsWith("…");
        assertThat(shown.indexOf("HERE")).isEqualTo(carets.indexOf("^^^^"));
    }

    @Test
    void printsJsonForPrograms() {
        Diagnostic first = Diagnostic.error(
                        DefinitionCode.WRONG_TYPE, new SourceSpan("a\"b.yaml", 1, 2, 3), "back\\slash,\ttab, \u0001")
                .expecting("text")
                .at("sink");
        Diagnostic second = Diagnostic.warning(DefinitionCode.INVALID_VALUE, new SourceSpan("c", 4, 5, 6), "größe")
                .fixedBy("mend");

        assertThat(DiagnosticJson.print(List.of(first, second)))
                .isEqualTo(
                        """
                {"version":1,"diagnostics":[
                  {"code":"wrong-type","severity":"error","file":"a\\"b.yaml","line":1,"column":2,"length":3,"path":"sink","message":"back\\\\slash,\\ttab, \\u0001","expected":"text","fix":null,"suppressed":null},
                  {"code":"invalid-value","severity":"warning","file":"c","line":4,"column":5,"length":6,"path":"","message":"größe","expected":null,"fix":"mend","suppressed":null}
                ]}
                """);
        assertThat(DiagnosticJson.print(List.of())).isEqualTo("{\"version\":1,\"diagnostics\":[]}\n");
    }
}
