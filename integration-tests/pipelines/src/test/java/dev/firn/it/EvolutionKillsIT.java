package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.evolution.EvolvingJob;
import dev.firn.it.testing.evolution.Kinds;
import dev.firn.it.testing.evolution.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job's process is gone from one moment to the next, just when tables have changed and have no row of their new schemas. */
class EvolutionKillsIT {

    /** More than one are for a longer look. */
    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("firn.evolution.kills", 1));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void everyRowIsThereOnceInItsColumnsAfterASigkillBetweenAChangeAndItsFirstCommit(int round) throws Exception {
        try (Load load = new Load(Kinds.TWO_VERSIONS, 3)) {
            load.start(100);
            EvolvingJob job = EvolvingJob.of("killed", load);
            try (Firn.Started run = job.start()) {
                job.awaitFirstRows(run);
                load.register();
                load.register();
                load.turn(1, 1);
                load.turn(2, 2);
                job.killWhenTablesHaveChanged(run, 1 + round % load.topics().size());
                assertThat(job.changedSinceTheirLastCommit()).isNotEmpty();
            }
            if (round % 2 == 1) {
                delete(job.pipeline().file().resolveSibling(".firn"));
            }
            try (Firn.Started run = job.start()) {
                job.awaitDecisions(run);
                assertThat(run.said()).contains(round % 2 == 1 ? "goes on from the ledger" : "chk-");
                job.finish(run);
            }
            job.assertAsTold();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
