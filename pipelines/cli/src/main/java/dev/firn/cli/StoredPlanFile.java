package dev.firn.cli;

import dev.firn.plan.against.NotAPlan;
import dev.firn.plan.against.StoredPlan;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that {@code plan --against} names. */
record StoredPlanFile(Path path) {

    /** It can't be compared with; the message says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    StoredPlan read() throws Unusable {
        if (Files.isDirectory(path)) {
            throw new Unusable(
                    "`" + path + "` is a folder; `--against` takes a file that `firn plan --format json` wrote");
        }
        try {
            return StoredPlan.read(Files.readString(path, StandardCharsets.UTF_8));
        } catch (NotAPlan wrong) {
            throw new Unusable("`" + path + "` " + wrong.getMessage());
        } catch (NoSuchFileException missing) {
            throw new Unusable(
                    "there is no file `" + path + "`; `firn plan --format json FILE > " + path + "` writes one");
        } catch (CharacterCodingException binary) {
            throw new Unusable(
                    "`" + path + "` is no text; `--against` takes a file that `firn plan --format json` wrote");
        } catch (IOException unreadable) {
            throw new Unusable("`" + path + "` can't be read: " + unreadable.getMessage());
        }
    }
}
