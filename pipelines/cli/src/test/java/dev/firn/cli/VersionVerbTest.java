package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import org.junit.jupiter.api.Test;

class VersionVerbTest {

    @Test
    void namesWhatTheBuildIsMadeOf() {
        Cli.Answer answer = firn("version");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .matches(
                        "firn +\\d\\S+\nflink +\\d\\S+\niceberg +\\d\\S+\nkafka +\\d\\S+ \\(clients\\)\njava +17\\S+\n");
        assertThat(answer.out())
                .startsWith("firn     " + firn("version", "--short").out());
    }
}
