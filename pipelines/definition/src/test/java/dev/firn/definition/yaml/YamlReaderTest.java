package dev.firn.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class YamlReaderTest {

    @Test
    void keepsTheOrderOfKeysAndEveryPlace() {
        Node.Mapping root = mapping("b: 1\na:\n  - x\n  - {k: 'v w'}\n");

        assertThat(root.entries()).extracting(entry -> entry.key().text()).containsExactly("b", "a");
        assertThat(root.span()).isEqualTo(span(1, 1, 1));
        Node.Sequence list = (Node.Sequence) root.child("a").orElseThrow();
        assertThat(list.span()).isEqualTo(span(3, 3, 3));
        assertThat(list.items().get(0)).isEqualTo(new Node.Scalar("x", false, span(3, 5, 1)));
        Node.Mapping inner = (Node.Mapping) list.items().get(1);
        assertThat(inner.span()).isEqualTo(span(4, 5, 10));
        assertThat(inner.child("k")).contains(new Node.Scalar("v w", true, span(4, 9, 5)));
    }

    @Test
    void pointsAtTheFirstLineOfWhatSpansSeveral() {
        Node.Mapping root = mapping("a: [x,\n  y]\nb: |\n  one\n  two\nc: two\n  words\n");

        assertThat(root.child("a").orElseThrow().span()).isEqualTo(span(1, 4, 3));
        assertThat(root.child("b")).contains(new Node.Scalar("one\ntwo\n", true, span(3, 4, 1)));
        assertThat(root.child("c")).contains(new Node.Scalar("two words", false, span(6, 4, 3)));
    }

    @Test
    void countsColumnsInCharactersAlsoBeyondTheBasicPlane() {
        assertThat(mapping("{\uD83D\uDE00: a, b: c}").child("b").orElseThrow().span())
                .isEqualTo(span(1, 11, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b\r\nc: d\r\n", "\uFEFFa: b\nc: d\n", "--- # shop\na: b\nc: d\n...\n"})
    void readsLineEndsMarksAndDocumentSignsOfAllSystems(String text) {
        assertThat(mapping(text).entries())
                .extracting(entry -> entry.key().text())
                .containsExactly("a", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "no", "012", "1_000", "12:30", "2026-01-01", "1e3", ".inf"})
    void leavesWordsThatSomeYamlReadsOtherwiseAsTheyAre(String word) {
        assertThat(mapping("a: " + word).child("a")).contains(new Node.Scalar(word, false, span(1, 4, word.length())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a: ~", "a: null", "a: NULL"})
    void knowsNothingFromText(String text) {
        assertThat(((Node.Scalar) mapping(text).child("a").orElseThrow()).isNothing())
                .isTrue();
        assertThat(((Node.Scalar) mapping("a: 'null'").child("a").orElseThrow()).isNothing())
                .isFalse();
        assertThat(((Node.Scalar) mapping("a: ''").child("a").orElseThrow()).isNothing())
                .isFalse();
    }

    @Test
    void takesTheKeyForThePlaceOfNothing() {
        assertThat(mapping("pipeline:\n  name:\n").child("pipeline").orElseThrow())
                .isInstanceOfSatisfying(Node.Mapping.class, pipeline -> assertThat(
                                pipeline.child("name").orElseThrow().span())
                        .isEqualTo(span(2, 3, 4)));
    }

    @Test
    void keepsTheFirstOfDoubledKeysSoThatTheRestIsStillChecked() {
        Checked<Node> read = YamlReader.read("f.yaml", "a: 1\nb: {c: 1, c: 2, c: 3}\na: 4\n");

        assertThat(read.diagnostics())
                .extracting(Diagnostic::span)
                .containsExactly(span(2, 11, 1), span(2, 17, 1), span(3, 1, 1));
        assertThat(read.value()).get().isInstanceOfSatisfying(Node.Mapping.class, root -> assertThat(root.child("a"))
                .contains(new Node.Scalar("1", false, span(1, 4, 1))));
    }

    @Test
    void refusesABillionLaughsWithoutExpandingThem() {
        StringBuilder text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int level = 1; level < 50; level++) {
            String alias = "*a" + (level - 1);
            text.append("a").append(level).append(": &a").append(level).append(" [");
            text.append(String.join(", ", List.of(alias, alias, alias, alias, alias, alias)))
                    .append("]\n");
        }

        assertThat(codes(text.toString())).isNotEmpty().containsOnly("unsupported-yaml");
        assertThat(YamlReader.read("f.yaml", text.toString()).value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 5_000, 200_000})
    void refusesDeepNestingWithoutRunningOutOfStack(int depth) {
        assertThat(codes("[".repeat(depth) + "]".repeat(depth)))
                .isNotEmpty()
                .containsAnyOf("unsupported-yaml", "yaml-syntax");
        assertThat(codes("[".repeat(depth))).isNotEmpty();
        assertThat(codes("- ".repeat(depth) + "x")).isNotEmpty();
    }

    @Test
    void readsSixtyFourLevels() {
        assertThat(codes("[".repeat(63) + "x" + "]".repeat(63))).isEmpty();
    }

    @Test
    void pointsAtACharacterThatYamlDoesNotAllow() {
        Checked<Node> read = YamlReader.read("f.yaml", "a: b\nc: d\u0007\n");

        assertThat(read.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.message()).isEqualTo("the character U+0007 can't stand in YAML");
            assertThat(diagnostic.span()).isEqualTo(span(2, 5, 1));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c",
                "a: 'b",
                "\"a",
                "a: [",
                "{",
                "a: %",
                "a\nb: c",
                "a: \"\\q\"",
                "%YAML 9.9\n---\na: b",
                "? ",
                "@a",
                "&",
                "*",
                "- a\nb: c",
                ": a",
                "~: a"
            })
    void answersBrokenTextWithADiagnosticAndNoValue(String text) {
        Checked<Node> read = YamlReader.read("f.yaml", text);

        assertThat(read.hasErrors()).isTrue();
        assertThat(read.value()).isEmpty();
    }

    private static Node.Mapping mapping(String text) {
        Checked<Node> read = YamlReader.read("f.yaml", text);
        assertThat(read.diagnostics()).isEmpty();
        return (Node.Mapping) read.value().orElseThrow();
    }

    private static List<String> codes(String text) {
        return YamlReader.read("f.yaml", text).diagnostics().stream()
                .map(diagnostic -> diagnostic.code().code())
                .toList();
    }

    private static SourceSpan span(int line, int column, int length) {
        return new SourceSpan("f.yaml", line, column, length);
    }

    /** Where the parser looked beyond the end of what it had read, it failed. */
    @Test
    void readsACharacterOfTwoUnitsAnywhere() {
        for (int before = 1000; before < 1050; before++) {
            String text = "#" + "x".repeat(before) + "\uD83D\uDE00\na: b\n";

            assertThat(YamlReader.read("x.yaml", text).value())
                    .as("behind " + before)
                    .isPresent();
        }
    }
}
