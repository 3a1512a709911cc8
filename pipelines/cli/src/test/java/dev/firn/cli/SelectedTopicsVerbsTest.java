package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that a file selects, where nobody asks the brokers. */
class SelectedTopicsVerbsTest {

    @TempDir
    private Path folder;

    @Test
    void aRouteMayBeForTopicsThatNobodyKnowsYet() throws IOException {
        Cli.Answer selected = firn(
                "lint", file("\"app-*\"", "route: [{from: app-*, to: app.$1}]").toString());
        assertThat(selected.out() + selected.err()).endsWith("shop.yaml: ok\n");
        assertThat(selected.exitCode()).isZero();

        Cli.Answer named = firn(
                "lint",
                file("app-shop", "route: [{from: app, to: app.x}, {from: app-*, to: app.$1}]")
                        .toString());
        assertThat(named.out() + named.err()).contains("warning[unmatched-route]");
    }

    /** One that is known does not make the others' lines wrong, nor do their tables. */
    @Test
    void aTestsTopicIsNotAllThatThereIs() throws IOException {
        Path file = file(
                "\"app-*\", '/clicks_\\d+/'",
                """
                route: [{from: app-*, to: app.$1}, {from: '/clicks_\\d+/', to: web.clicks}]
                tables: [{table: web.clicks, where: id > 0}]
                tests:
                  - {name: any, given: [{from: app-shop, value: {id: 1}}], expect: {tables: {}}}
                """);

        Cli.Answer answer = firn("lint", file.toString());

        assertThat(answer.out() + answer.err()).endsWith("shop.yaml: ok\n");
    }

    @Test
    void aSourceIsNotNamedAmongItsOwnTopics() throws IOException {
        Cli.Answer answer = firn(
                "lint",
                file("\"kafka/app-*\", \"*\"], exclude: [\"kafka/*-test\"", "").toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out() + answer.err())
                .contains(
                        "error[invalid-selector]: `kafka/app-*` names a source, and these are topics of this one alone",
                        "fix: write `app-*`",
                        "error[invalid-selector]: `kafka/*-test` names a source");
    }

    @Test
    void theTopicOfTheQuarantineIsNotReadAgain() throws IOException {
        Cli.Answer answer =
                firn("lint", file("\"shop-*\"", "quarantine: {topic: shop-dlq}").toString());
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out() + answer.err())
                .contains(
                        "error[quarantine-topic-unsuited]: source `kafka` reads topic `shop-dlq`: what is bad would be read"
                                + " from there, and be bad again",
                        "fix: name another topic, or let the source `exclude` it");

        Cli.Answer excluded = firn(
                "lint",
                file("\"shop-*\"], exclude: [\"*-dlq\"", "quarantine: {topic: shop-dlq}")
                        .toString());
        assertThat(excluded.exitCode()).as(excluded.out() + excluded.err()).isZero();
    }

    @Test
    void theNameOfATopicThatNobodyWroteDoesNotSayTheSubject() throws IOException {
        Path file = file("\"shop-*\"", "");
        Files.writeString(
                file, Files.readString(file).replace("registry\"}", "registry\", subject-naming: record-name}"));

        Cli.Answer answer = firn("lint", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out() + answer.err())
                .contains(
                        "error[subject-not-named]: with `subject-naming: record-name` the name of a topic does not say its"
                                + " subject, so none can be selected by `shop-*`");
    }

    /** A folder with schemas of others: what the tests name is looked for there, and said to be missing at the line that selects it. */
    @Test
    void aTestsTopicWithoutASchemaIsToldOfWhereItIsSelected() throws IOException {
        Path file = file(
                "\"shop-*\"",
                """
                tests:
                  - name: any
                    given: [{from: shop-1, value: {id: 1}}]
                    expect: {tables: {}}
                """);

        Cli.Answer answer = firn("test", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out() + answer.err())
                .contains("shop.yaml:2:32: error[schema-not-pulled]: ", "so the columns of `shop-1` are unknown");
    }

    private Path file(String topics, String more) throws IOException {
        return Files.writeString(
                folder.resolve("shop.yaml"),
                """
                pipeline: {name: shop}
                source: {type: kafka, topics: [%s], properties: {bootstrap.servers: "b:9092"}, format: {type: avro, registry: {url: "http://registry"}}}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:///nowhere"}}
                %s
                """
                        .formatted(topics, more));
    }
}
