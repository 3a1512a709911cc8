package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.evolution.EvolvingJob;
import dev.firn.it.testing.evolution.Kinds;
import dev.firn.it.testing.evolution.Load;
import dev.firn.it.testing.evolution.Others;
import dev.firn.it.testing.evolution.Scenario;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/**
 * Every kind of change with every decision that lets the job go on, each in a topic of its own, in one job. Three producers write to
 * every topic all the time: one the first version from the beginning to the end, one the second from when it is there, and one the
 * third, where there is one. In the end one topic gets a version that ends the job, and goes on when somebody has decided otherwise.
 */
class EvolutionKindsIT {

    /** How often every kind is there; four times are more than a hundred tables that change at once. */
    private static final int COPIES = Integer.getInteger("firn.evolution.copies", 1);

    @Test
    void everyKindIsDoneAsDecidedWhileOldAndNewProducersWrite() throws Exception {
        try (Load load = new Load(scenarios(), 3)) {
            load.start(COPIES == 1 ? 100 : 250);
            EvolvingJob job = EvolvingJob.of("kinds", load);
            try (Firn.Started run = job.start()) {
                job.awaitFirstRows(run);
                Others.change(
                        job.table("others_add_a_column"),
                        update -> update.addColumn("theirs", Types.IntegerType.get()));
                Others.change(job.table("others_rename_a_column"), update -> update.renameColumn("a", "theirs"));
                Others.change(
                        job.table("others_add_the_same_column"),
                        update -> update.addColumn("b", Types.IntegerType.get()));
                load.register();
                load.register();
                load.turn(1, 1);
                load.turn(2, 2);
                job.awaitDecisions(run);
                load.register();
                load.turn(1, 3);
                Firn.Answer ended = run.answer();
                assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
                assertThat(ended.err()).contains("add-column b (int): fail");
            }
            job.decide(Kinds.ENDS_THE_JOB.name(), "{add-column: fail}", "{add-column: apply}");
            try (Firn.Started run = job.start()) {
                job.finish(run);
            }
            job.assertAsTold();
            Files.writeString(
                    Stack.folder().resolveSibling("evolution.md"),
                    "| tables | records |%n|---:|---:|%n| %,d | %,d |%n"
                            .formatted(load.topics().size(), load.records()));
        }
    }

    private static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>(Kinds.WITH_OTHERS);
        all.add(Kinds.ENDS_THE_JOB);
        for (int copy = 0; copy < COPIES; copy++) {
            Stream.of(Kinds.EACH_DECISION, Kinds.SEVERAL).forEach(all::addAll);
        }
        return all;
    }
}
