package dev.firn.definition.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    @Test
    void leavesAFileWithEveryWordAsItIs() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/layout/everything.yaml"));

        assertThat(formatted(text)).isEqualTo(text);
    }

    @Test
    void ordersTheSectionsAndTakesTheirCommentsAlong() {
        assertFormatted(
                """
                # License

                # about the sink
                sink: {type: iceberg} # at the sink


                unknown: stays
                source:
                  # about topics
                  topics: [a]
                  # at the end of the source
                # about the pipeline
                pipeline: {name: a}
                # at the end of the file
                """,
                """
                # License

                # about the pipeline
                pipeline: {name: a}

                unknown: stays
                source:
                  # about topics
                  topics: [a]
                  # at the end of the source
                # about the sink
                sink: {type: iceberg} # at the sink
                # at the end of the file
                """);
    }

    @Test
    void putsFirstWhatSaysWhatAnEntryIs() {
        assertFormatted(
                """
                source:
                  - topics: [a]
                    type: kafka
                    name: one
                route:
                  - {to: s.b, from: b}
                tables:
                  - set: {type: x, name: y, from: z, table: u}
                    table: s.b
                sink:
                  catalog: {uri: x, type: rest}
                  type: iceberg
                """,
                """
                source:
                  - name: one
                    type: kafka
                    topics: [a]
                route:
                  - {from: b, to: s.b}
                tables:
                  - table: s.b
                    set: {type: x, name: y, from: z, table: u}
                sink:
                  type: iceberg
                  catalog: {uri: x, type: rest}
                """);
    }

    @Test
    void indentsByTwoAndListsUnderTheirKeyToo() {
        assertFormatted(
                """
                tables:
                -    table: a.b
                     # inside
                     set:
                         x:   1

                # between
                - table: c.d
                -
                  - deep
                  - - deeper
                -   # at the dash
                    # below
                    table: e.f
                """,
                """
                tables:
                  - table: a.b
                    # inside
                    set:
                      x: 1

                  # between
                  - table: c.d
                  - - deep
                    - - deeper
                  - # at the dash
                    # below
                    table: e.f
                """);
    }

    @Test
    void keepsEachCommentWhereItStands() {
        assertFormatted(
                """
                # top
                a: # at a
                    # above b
                    b: 1   # at b
                    # end of a

                    # still end of a
                # above c
                c:

                    d: 2
                    e: # no value
                f: # at f
                  # below f
                  text
                # bottom

                # last
                """,
                """
                # top
                a: # at a
                  # above b
                  b: 1     # at b
                  # end of a

                  # still end of a
                # above c
                c:
                  d: 2
                  e:   # no value
                f: # at f
                  # below f
                  text
                # bottom

                # last
                """);
    }

    @Test
    void writesWhatIsInBracketsOnOneLineIfItFits() {
        assertFormatted(
                """
                a: [ one,
                     "two" , {x : 1,y: 2,}, ]
                b: {}
                c: [ # why
                  one,   # first
                  # above two
                  two
                  # end
                ] # closed
                d: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccccccc] # long
                """,
                """
                a: [one, two, {x: 1, y: 2}]
                b: {}
                c:   # why
                  - one  # first
                  # above two
                  - two
                  # end
                  # closed
                d:  # long
                  - aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                  - bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
                  - ccccccccccccc
                """);
    }

    @Test
    void quotesOnlyWhatOneOfTheTwoYamlsNeedsQuotedFor() {
        assertFormatted(
                """
                plain: "orders"
                spaced: 'two words'
                star: '*'
                reference: "${env:X}"
                flow: {reference: '${env:X}', url: "http://x", path: 'a/b'}
                words: ["on", 'no', "null", "~", "1", "1_000", "0x1F", "12:30:00", "1e3", "2026-01-01", "", ".inf", "<<"]
                apostrophe: 'it''s'
                both: '"it''s"'
                escape: "a\\tb"
                key: {"on": 1, "a b": 2, "${x}": 3}
                colon: "a: b"
                comment: "a #b"
                unquoted: on
                """,
                """
                plain: orders
                spaced: two words
                star: "*"
                reference: ${env:X}
                flow: {reference: "${env:X}", url: "http://x", path: a/b}
                words:
                  - "on"
                  - "no"
                  - "null"
                  - "~"
                  - "1"
                  - "1_000"
                  - "0x1F"
                  - "12:30:00"
                  - "1e3"
                  - "2026-01-01"
                  - ""
                  - ".inf"
                  - "<<"
                apostrophe: it's
                both: '"it''s"'
                escape: "a\\tb"
                key: {"on": 1, a b: 2, "${x}": 3}
                colon: "a: b"
                comment: "a #b"
                unquoted: on
                """);
    }

    @Test
    void keepsTheLinesOfLongTexts() {
        assertFormatted(
                """
                a: |  # a block
                      select 1
                        from x

                b: >-
                   folded
                   text


                c: one
                      two

                      three
                d: "one \\
                       two
                       three"
                e: |2
                    more
                f: |+
                     kept

                g: |-
                  last
                """,
                """
                a: |  # a block
                  select 1
                    from x

                b: >-
                  folded
                  text

                c: one
                  two

                  three
                d: "one \\
                  two
                  three"
                e: |2
                    more
                f: |+
                  kept

                g: |-
                  last
                """);
    }

    @Test
    void keepsOneOfSeveralEmptyLinesAndNoneAtTheEdges() {
        assertFormatted("\n\na: 1\n\n\n\nb:\n\n  - 1\n\n  - 2\n\n\n", "a: 1\n\nb:\n  - 1\n\n  - 2\n");
    }

    @Test
    void keepsTheLineEndsOfWindows() {
        assertThat(formatted("a:   1\r\nb: |\r\n    x\r\n    y")).isEqualTo("a: 1\r\nb: |-\r\n  x\r\n  y\r\n");
    }

    @Test
    void movesACommentThatStoodFarBehindALongLine() {
        String far = "a: [" + "aaaaaaaaa, ".repeat(9) + "b]" + " ".repeat(4) + "# far\n";

        assertThat(formatted(far)).startsWith("a:  # far\n  - aaaaaaaaa\n");
    }

    @Test
    void takesAJsonFileAndAJsonKey() {
        assertFormatted("{\"pipeline\":{\"name\":\"a\"},\"x\":[1,true]}", "{pipeline: {name: a}, x: [1, true]}\n");
    }

    @Test
    void writesALongKeyAsYamlAsksFor() {
        String key = "k".repeat(1100);

        assertFormatted("? " + key + "\n: 1\n", "? " + key + "\n: 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "a: 1\na: 2\n",
                "a: &x 1\nb: *x\n",
                "a: !!str 1\n",
                "a: 1\n---\nb: 2\n",
                "a: [1\n",
                "\ta: 1\n",
                "? {a: 1}\n: 2\n"
            })
    void hasNoFormForWhatIsNoPipelineFile(String text) {
        assertThat(Layout.of("x.yaml", text).value()).isEmpty();
        assertThat(Layout.of("x.yaml", text).hasErrors()).isTrue();
    }

    /** What fuzzing found: each once was not the same tree, lost a comment, or looked different the second time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\u0085---\n",
                "\uFEFF\uFEFF\uFEFFa",
                "a: >1-\n keep\n",
                "a: |+\n  kept\n\n",
                "sink: 1\n\nsource:\n  x: |+\n    kept\n\nroute: 1\n",
                "? ne\n      # before t",
                "? >-\n##",
                " ...\n#c}\n",
                "---\n  ---\n  -  ",
                "?\n > #c\n",
                "|\n\r",
                "a: b\r\r  c\rd: e",
                "%YAML 1.2 # x\n--- # y\na: 1\n... # z\n",
                "{a: [ # x\n], b: {c # y\n}}",
                "- [a, # x\n {b: [c # y\n , d]}]",
                "-\n>-\n   ''?? - '\\'?? ",
                ">-\n >\n        a\n  ",
                ">\n\n @ - \r\n\u0085-  \r",
                "a:\n- |2+\n   x\n\n# y\n- z"
            })
    void saysTheSameAndStaysAsItIs(String text) {
        Layout.of("x.yaml", text).value().ifPresent(once -> assertThat(formatted(once))
                .isEqualTo(once));
    }

    private static void assertFormatted(String text, String expected) {
        assertThat(formatted(text)).isEqualTo(expected);
        assertThat(formatted(expected)).isEqualTo(expected);
    }

    private static String formatted(String text) {
        return Layout.of("x.yaml", text).value().orElseThrow();
    }
}
