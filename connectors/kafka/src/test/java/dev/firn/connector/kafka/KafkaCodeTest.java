package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaCodeTest {

    @ParameterizedTest
    @EnumSource
    void hasAHelpPage(KafkaCode code) throws IOException {
        try (InputStream page = KafkaCode.class.getResourceAsStream("/help/" + code.code() + ".md")) {
            assertThat(page).as("help page of %s", code.code()).isNotNull();
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("# " + code.code() + "\n")
                    .contains("## Wrong\n", "## Right\n");
        }
    }
}
