package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.sink.QuarantineSelection;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QuarantineArgumentsTest {

    private static final Instant NOW = Instant.parse("2026-01-03T09:14:07Z");

    private static QuarantineArguments parsed(String... words) {
        return CommandLine.populateCommand(new QuarantineArguments(), words);
    }

    @Test
    void sinceIsATimeBeforeNow() {
        QuarantineArguments arguments = parsed("--code", "rule-broken", "--since", "90m");

        QuarantineSelection selection = arguments.selection(NOW, QuarantineSelection.Payload.READ);

        assertThat(selection.since()).contains(Instant.parse("2026-01-03T07:44:07Z"));
        assertThat(arguments.words()).isEqualTo("--code rule-broken --since 90m ");
    }

    @Test
    void withoutItAllTimesAreMeant() {
        assertThat(parsed().selection(NOW, QuarantineSelection.Payload.READ).since())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "90", "-1m", "9999999d"})
    void whatIsNoTimeIsRefused(String word) {
        assertThatThrownBy(() -> parsed("--since", word)).isInstanceOf(CommandLine.ParameterException.class);
    }
}
