package dev.firn.devstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The two services, started at the same time and ended together. */
record Stack(RunningService broker, RunningService registry, Path brokerFolder) implements AutoCloseable {

    static Stack start(Home home, Path directory) {
        BrokerService broker = new BrokerService(home, directory.resolve("broker"));
        CompletableFuture<RunningService> brokerStart = starting(broker, directory.resolve("broker.log"));
        CompletableFuture<RunningService> registryStart =
                starting(new RegistryService(home), directory.resolve("registry.log"));
        try {
            return new Stack(brokerStart.join(), registryStart.join(), broker.directory());
        } catch (CompletionException problem) {
            throw problem.getCause() instanceof DevstackException cause ? cause : problem;
        }
    }

    private static CompletableFuture<RunningService> starting(Service service, Path log) {
        return CompletableFuture.supplyAsync(() -> RunningService.start(service, log));
    }

    List<ReadyService> services() {
        return List.of(broker.ready(), registry.ready());
    }

    /** The first service to end, when none should. */
    CompletableFuture<Object> firstEnd() {
        return CompletableFuture.anyOf(ended(broker), ended(registry));
    }

    private static CompletableFuture<String> ended(RunningService service) {
        return service.process()
                .onExit()
                .thenApply(process -> "the " + service.ready().name() + " ended with status " + process.exitValue());
    }

    /** The broker's data goes too: a registry in memory and topics on disk would not fit together next time. */
    @Override
    public void close() {
        broker.release();
        registry.release();
        broker.close();
        registry.close();
        try {
            Folders.deleteWithContent(brokerFolder);
        } catch (IOException problem) {
            System.err.println("can't delete `" + brokerFolder + "`: " + problem.getMessage());
        }
    }
}
