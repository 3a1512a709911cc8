package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a local lake are as Hadoop's own would be, and no process is started for them. */
class LocalFilesTest {

    @TempDir
    java.nio.file.Path folder;

    @Test
    void commitsToALocalFolderWithoutAProcess() throws IOException {
        // What Hadoop asks the system once, when its classes are loaded, is asked here.
        write("warm");

        List<String> commands = commandsDuring(() -> {
            TestLake test = new TestLake(CatalogKind.HADOOP, folder.resolve("lake"));
            test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
            var lake = test.open();
            lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1, 2)));
            assertThat(test.numbers()).containsExactly(1L, 2L);
            test.close();
        });

        assertThat(commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0644, 0600, 0755, 0777, 0, 01755})
    void setsTheSamePermissionsAsHadoop(int mode) throws IOException {
        write("ours");
        write("hadoops");

        ours().setPermission(path("ours"), new FsPermission((short) mode));
        hadoops().setPermission(path("hadoops"), new FsPermission((short) mode));

        assertThat(Files.getAttribute(folder.resolve("ours"), "unix:mode"))
                .isEqualTo(Files.getAttribute(folder.resolve("hadoops"), "unix:mode"));
    }

    @Test
    void createsFilesAndFoldersAsHadoopDoes() throws IOException {
        ours().create(path("ours/folder/file"), true).close();
        hadoops().create(path("hadoops/folder/file"), true).close();

        assertThat(madeIn("ours")).isEqualTo(madeIn("hadoops")).hasSize(3);
    }

    @Test
    void saysThatAFileIsNotThere() throws IOException {
        FileSystem ours = ours();

        assertThatThrownBy(() -> ours.setPermission(path("gone"), new FsPermission((short) 0644)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("gone");
    }

    private void write(String name) throws IOException {
        ours().create(path(name), true).close();
    }

    private Path path(String name) {
        return new Path(folder.resolve(name).toUri());
    }

    private FileSystem ours() throws IOException {
        return FileSystem.newInstance(folder.toUri(), LocalFiles.configuration());
    }

    private static FileSystem hadoops() throws IOException {
        return FileSystem.newInstanceLocal(new Configuration());
    }

    /** The names of what is there, sorted, with the permissions of each. */
    private List<String> madeIn(String name) throws IOException {
        try (Stream<java.nio.file.Path> made = Files.walk(folder.resolve(name))) {
            return made.skip(1)
                    .map(file -> file.getFileName() + " " + permissions(file))
                    .sorted()
                    .toList();
        }
    }

    private static String permissions(java.nio.file.Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> commandsDuring(Runnable work) throws IOException {
        java.nio.file.Path file = folder.resolve("processes.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .map((RecordedEvent event) -> event.getString("command"))
                .toList();
    }
}
