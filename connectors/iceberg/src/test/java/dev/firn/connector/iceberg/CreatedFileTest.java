package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreatedFileTest {

    @TempDir
    Path folder;

    private Path path;
    private int closed;
    private CreatedFile file;

    @BeforeEach
    void create() {
        path = folder.resolve("rows.parquet");
        file = new CreatedFile(new Watched(Files.localOutput(path.toFile())));
    }

    @Test
    void isThereBeforeItGetsBytes() throws IOException {
        assertThat(path).isEmptyFile();

        try (PositionOutputStream stream = file.createOrOverwrite()) {
            stream.write(new byte[] {1, 2, 3, 4}, 1, 2);
            stream.write(5);
            assertThat(stream.getPos()).isEqualTo(3);
        }
        assertThat(path).hasBinaryContent(new byte[] {2, 3, 5});
    }

    @Test
    void closesAStreamThatNobodyHasTakenAndNoOther() throws IOException {
        file.close();
        file.close();
        assertThat(closed).isEqualTo(1);

        CreatedFile taken = new CreatedFile(new Watched(Files.localOutput(path.toFile())));
        try (PositionOutputStream stream = taken.create()) {
            taken.close();
            assertThat(closed).as("it is its owner's").isEqualTo(1);
            stream.write(1);
        }
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void isOpenedOnce() throws IOException {
        file.create().close();

        assertThatThrownBy(file::createOrOverwrite)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("our bug: " + path + " is opened twice");
    }

    /** Counts how often its streams are closed. */
    private final class Watched implements OutputFile {

        private final OutputFile real;

        Watched(OutputFile real) {
            this.real = real;
        }

        @Override
        public PositionOutputStream create() {
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            PositionOutputStream stream = real.createOrOverwrite();
            return new PositionOutputStream() {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void write(int oneByte) throws IOException {
                    stream.write(oneByte);
                }

                @Override
                public void close() throws IOException {
                    closed++;
                    stream.close();
                }
            };
        }

        @Override
        public String location() {
            return real.location();
        }

        @Override
        public InputFile toInputFile() {
            return real.toInputFile();
        }
    }
}
