package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {

    private static final Path PAGE = Path.of("../../docs/reference/functions.md");

    @Test
    void theReferenceSaysWhatTheFunctionsSay() throws IOException {
        String made = FunctionReference.markdown();
        if (System.getProperty("firn.golden", "").equals("write")) {
            Files.writeString(PAGE, made);
        }

        assertThat(Files.readString(PAGE))
                .as("mvn -pl quality-operators/expressions -am test -Dtest=FunctionReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write")
                .isEqualTo(made);
    }
}
