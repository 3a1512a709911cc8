package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of a topic beside the quarantine table, by the sources that there are. */
class QuarantineTopicVerbsTest {

    private static final String POSTGRES =
            """
              - {name: crm, type: postgres, hostname: db, database: crm, username: firn, password: "${secret:p}", tables: [public.a]}
            """;

    private static final String KAFKA =
            """
              - name: NAME
                type: kafka
                topics: [NAME]
                properties: {bootstrap.servers: "${env:FIRN_TOPIC_NOWHERE}"}
                format: {type: avro, registry: {url: "http://registry"}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aPipelineWithoutBrokersHasNoTopic() throws IOException {
        Cli.Answer answer = firn("lint", file(POSTGRES).toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out() + answer.err())
                .contains(
                        "error[quarantine-topic-unsuited]: there is no source with Kafka's brokers, so nobody knows where"
                                + " topic `shop-dlq` is")
                .contains("fix: remove it: the quarantine table has the same records");
    }

    @Test
    void sourcesWithOneLoginHaveOneTopicWhateverElseTheySet() throws IOException {
        String second = of("b").replace("NOWHERE}\"", "NOWHERE}\", fetch.min.bytes: 1000, client.rack: r2");

        Cli.Answer answer = firn("lint", file(POSTGRES + of("a") + second).toString());

        assertThat(answer.out() + answer.err()).doesNotContain("quarantine-topic-unsuited");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void sourcesWithAnotherLoginHaveNone() throws IOException {
        String second = of("b").replace("NOWHERE}\"", "NOWHERE}\", sasl.jaas.config: \"${secret:jaas}\"");

        Cli.Answer answer = firn("lint", file(of("a") + second).toString());

        assertThat(answer.out() + answer.err())
                .contains("the sources `a` and `b` have different brokers, or another login there")
                .doesNotContain("jaas");
    }

    @Test
    void theDoctorLooksAtIt() throws IOException {
        Cli.Answer answer = firn("doctor", file(of("a")).toString());

        assertThat(answer.out())
                .contains(
                        """
                        quarantine
                          --  topic                    not tried: there is nothing behind `${env:FIRN_TOPIC_NOWHERE}`
                        """);
    }

    private static String of(String name) {
        return KAFKA.replace("NAME", name);
    }

    private Path file(String sources) throws IOException {
        return Files.writeString(
                folder.resolve("shop.yaml"),
                "pipeline: {name: shop}\nsource:\n" + sources
                        + "sink: {type: iceberg, catalog: {type: hadoop, warehouse: \"" + folder.resolve("lake")
                        + "\"}}\nquarantine: {topic: shop-dlq}\n");
    }
}
