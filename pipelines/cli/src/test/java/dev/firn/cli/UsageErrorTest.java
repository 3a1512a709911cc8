package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments: exit code 2, nothing on stdout, and on stderr what is wrong and where help is. */
class UsageErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lnt                                    | firn: unknown verb `lnt`; did you mean `lint`?
                    frobnicate                             | firn: unknown verb `frobnicate`
                    --nope                                 | firn: unknown option `--nope`
                    run                                    | firn run: FILE is missing
                    doctor a.yaml b.yaml                   | firn doctor: `b.yaml` is one argument too many
                    import                                 | firn import: FILE is missing
                    lint                                   | firn lint: FILE is missing
                    new --topic orders                     | firn new: `--bootstrap` is missing, and there is nobody to ask: --bootstrap HOST:PORT
                    new --topic orders --out               | firn new: `--out` needs a value: FILE
                    lint --formt json a.yaml               | firn lint: unknown option `--formt`; did you mean `--format`?
                    plan a.yaml b.yaml                     | firn plan: `b.yaml` is one argument too many
                    plan --format                          | firn plan: `--format` needs a value: text/json/dot
                    plan --format xml a.yaml               | firn plan: `xml` is no value for `--format`, which takes text/json/dot
                    plan --format=xml a.yaml               | firn plan: `xml` is no value for `--format`, which takes text/json/dot
                    plan --format dot --table t a.yaml     | firn plan: `--format dot` draws the whole plan; with `--table` and `--against` it is text or json
                    plan --format text --format text a.y   | firn plan: `--format` stands here twice
                    plan --against                         | firn plan: `--against` needs a value: PLAN
                    plan --table t --against p.json a.yaml | firn plan: `--table` and `--against` ask different things; ask one after the other
                    preview --records 0 a.yaml             | firn preview: `0` is no value for `--records`, which takes N
                    preview --records many a.yaml          | firn preview: `many` is no value for `--records`, which takes N
                    preview --from middle a.yaml           | firn preview: `middle` is no value for `--from`, which takes latest/earliest
                    run --resume nothing a.yaml            | firn run: `nothing` is no value for `--resume`, which takes state/ledger/none/FOLDER
                    audit --since yesterday a.yaml         | firn audit: `yesterday` is no value for `--since`, which takes EPOCH/TIME
                    rewind a.yaml                          | firn rewind: `--to` needs a value: EPOCH/TIME
                    rewind --to last a.yaml                | firn rewind: `last` is no value for `--to`, which takes EPOCH/TIME
                    rewind --to 1 --allow all a.yaml       | firn rewind: `all` is no value for `--allow`, which takes foreign-snapshots/table-dropped
                    quarantine list --code trunkated-payload a.y | firn quarantine list: `--code` knows no `trunkated-payload`; did you mean `truncated-payload`?
                    quarantine list --limit 0 a.yaml       | firn quarantine list: `0` is no value for `--limit`, which takes N
                    quarantine show a.yaml                 | firn quarantine show: RECORD is missing
                    table resume a.yaml                    | firn table resume: TABLE is missing
                    table resume --decide fail a.yaml t    | firn table resume: `--decide` knows no `fail`; it takes one of `apply`, `keep-nullable`
                    maintain --compact a.yaml              | firn maintain: `--tables` needs a value: PATTERN
                    maintain --tables t a.yaml             | firn maintain: say what is to be done: `--compact`, `--expire AGE`, `--orphans AGE`
                    maintain --tables t --orphans 1h a.y   | firn maintain: `1h` is no value for `--orphans`, which takes AGE
                    replay --since yesterday a.yaml        | firn replay: `yesterday` is no value for `--since`, which takes TIME
                    run --allow all a.yaml                 | firn run: `all` is no value for `--allow`, which takes table-dropped/source-renamed/stream-moved/written-by-another/read-twice/partition-cut-off
                    """)
    void isAnsweredInOneSentence(String arguments, String sentence) {
        Cli.Answer answer = firn(arguments.split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        String verb = sentence.substring(0, sentence.indexOf(':'));
        String[] lines = answer.err().split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0].replace('|', '/')).isEqualTo(sentence);
        if (verb.equals("firn")) {
            assertThat(lines[1])
                    .isEqualTo(
                            "  verbs: quickstart, new, lint, fmt, import, test, plan, preview, run, submit, list, status, stop, upgrade, savepoints, logs, audit, rewind, quarantine, replay, table, maintain, schema, doctor, grammar, completion, help, version");
            assertThat(lines[2]).isEqualTo("  help:  firn help");
        } else {
            assertThat(lines[1]).startsWith("  usage: " + verb + " ");
            assertThat(lines[2]).isEqualTo("  help:  " + verb + " --help");
        }
    }
}
