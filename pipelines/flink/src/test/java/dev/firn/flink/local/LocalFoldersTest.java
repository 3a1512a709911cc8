package dev.firn.flink.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFoldersTest {

    @TempDir
    Path folder;

    private LocalFolders folders;

    @BeforeEach
    void place() {
        folders = LocalFolders.beside(folder.resolve("my shop/pipeline.yaml"), "orders");
    }

    private Path state(String name, long second) throws IOException {
        Path state = Files.createDirectories(folders.root().resolve(name));
        Path metadata = Files.writeString(state.resolve("_metadata"), "state");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(second * 1000));
        return state;
    }

    @Test
    void liesBesideThePipelineFile() {
        assertThat(folders.root()).isEqualTo(folder.resolve("my shop/.firn/orders"));
    }

    @Test
    void findsNothingWhereNothingWasRun() throws IOException {
        assertThat(folders.newestState()).isEmpty();
    }

    @Test
    void picksTheNewestOfCheckpointsAndSavepoints() throws IOException {
        state("checkpoints/job-b/chk-7", 100);
        state("savepoints/savepoint-1", 90);
        assertThat(folders.newestState()).contains(folders.checkpoints().resolve("job-b/chk-7"));

        state("savepoints/savepoint-2", 110);
        assertThat(folders.newestState()).contains(folders.savepoints().resolve("savepoint-2"));
    }

    @Test
    void picksCompleteOnesOnly() throws IOException {
        Path complete = state("checkpoints/job/chk-7", 100);
        Files.createDirectories(folders.checkpoints().resolve("job/chk-8"));
        Files.createDirectories(folders.checkpoints().resolve("job/shared"));
        Path half = state("checkpoints/job/chk-9", 120);
        Files.delete(half.resolve("_metadata"));
        Files.writeString(half.resolve("._metadata.inprogress.1"), "half");
        Path empty = state("savepoints/savepoint-3", 130);
        Files.writeString(empty.resolve("_metadata"), "");
        assertThat(folders.newestState()).contains(complete);
    }

    @Test
    void ofTwoOfOneTimePicksTheOneWithTheHigherNumber() throws IOException {
        state("checkpoints/job/chk-9", 100);
        Path newest = state("checkpoints/job/chk-10", 100);
        state("checkpoints/job/chk-8", 100);
        assertThat(folders.newestState()).contains(newest);
    }

    @Test
    void ofTwoOfOneTimePicksTheSavepointThatEndedTheJob() throws IOException {
        state("checkpoints/job/chk-10", 100);
        Path savepoint = state("savepoints/savepoint-1", 100);
        assertThat(folders.newestState()).contains(savepoint);
    }

    @Test
    void flinkFindsAFolderWithBlanksAndPercentSigns() {
        Path odd = folder.resolve("my shop/100%25 orders");
        String said = LocalFolders.asFlinkPath(odd);
        assertThat(new org.apache.flink.core.fs.Path(said).getPath()).isEqualTo(odd.toString());
        assertThat(LocalFolders.ofFlinkPath(said)).isEqualTo(odd);
        assertThat(LocalFolders.ofFlinkPath("file:" + odd)).isEqualTo(odd);
    }
}
