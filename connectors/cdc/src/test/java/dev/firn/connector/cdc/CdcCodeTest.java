package dev.firn.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CdcCodeTest {

    @ParameterizedTest
    @EnumSource
    void hasAHelpPage(CdcCode code) throws IOException {
        try (InputStream page = CdcCode.class.getResourceAsStream("/help/" + code.code() + ".md")) {
            assertThat(page).as("help page of %s", code.code()).isNotNull();
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("# " + code.code() + "\n")
                    .contains("## Wrong\n", "## Right\n");
        }
    }
}
