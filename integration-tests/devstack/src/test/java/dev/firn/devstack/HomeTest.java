package dev.firn.devstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path empty;

    @Test
    void saysWhatToBuildWhereThereIsNothingToStart() {
        System.setProperty("firn.devstack.home", empty.toString());
        try {
            assertThatThrownBy(() -> DevstackProcess.start(empty))
                    .isInstanceOf(DevstackException.class)
                    .hasMessage("`" + empty + "` holds no `lib` and `registry`: build the module"
                            + " integration-tests/devstack, or name its target folder with"
                            + " -Dfirn.devstack.home=FOLDER");
        } finally {
            System.clearProperty("firn.devstack.home");
        }
    }
}
