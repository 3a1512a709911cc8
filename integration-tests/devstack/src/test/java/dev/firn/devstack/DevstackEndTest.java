package dev.firn.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevstackEndTest {

    @TempDir
    Path directory;

    @Test
    void leavesNoProcessAndNoDataAfterClose() throws Exception {
        DevstackProcess stack = DevstackProcess.start(directory);
        List<ProcessHandle> processes = processes(stack);

        stack.close();

        assertThat(processes).hasSize(3).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("broker.log", "registry.log", "devstack.log", "devstack.lock");
        }
        assertThatThrownBy(() -> stack.createTopic("late", 1)).hasMessageStartingWith("the devstack has ended");
    }

    @Test
    void takesTheServicesAlongWhenItIsKilled() throws Exception {
        try (DevstackProcess stack = DevstackProcess.start(directory)) {
            List<ProcessHandle> processes = processes(stack);

            assertThat(stack.handle().destroyForcibly()).isTrue();

            awaitEnd(processes);
        }
    }

    @Test
    void endsWhenAServiceDoesAndSaysWhich() throws Exception {
        try (DevstackProcess stack = DevstackProcess.start(directory)) {
            List<ProcessHandle> processes = processes(stack);
            ProcessHandle broker = stack.handle()
                    .children()
                    .filter(child -> child.info().arguments().stream()
                            .flatMap(Stream::of)
                            .anyMatch(argument -> argument.equals(Broker.class.getName())))
                    .findFirst()
                    .orElseThrow();

            broker.destroyForcibly();

            awaitEnd(processes);
            assertThatThrownBy(() -> stack.createTopic("late", 1))
                    .hasMessageStartingWith("the devstack has ended")
                    .hasMessageContaining("the broker ended with status 137");
        }
    }

    private static List<ProcessHandle> processes(DevstackProcess stack) {
        return Stream.concat(Stream.of(stack.handle()), stack.handle().descendants())
                .toList();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        assertThat(processes).hasSize(3);
        CompletableFuture.allOf(processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .get(20, TimeUnit.SECONDS);
    }
}
