package dev.firn.cli;

import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.PipelineJob;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.UsageRefused;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.project.Layers;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.SessionCluster;
import dev.firn.spi.sink.Lake;
import java.util.Optional;

/** Looks, for a verb that would end it, whether a pipeline runs on the cluster that its environment names. */
record ClusterLook(Screen screen, Layers layers) {

    /** Where the cluster can't be asked the verb goes on, for whoever is away may be so for good; it is said. */
    void requireAbsent(PipelineDefinition definition, Lake lake) throws AlreadyRunning {
        try {
            Optional<SessionCluster> cluster = ClusterArgument.named(layers);
            if (cluster.isPresent()) {
                new PipelineJob(cluster.get(), PipelineIdentity.of(definition, lake)).requireAbsent();
            }
        } catch (ClusterAway | UsageRefused | UnresolvedReference away) {
            screen.progress(
                    "whether the pipeline runs on the environment's cluster is not known: " + away.getMessage());
        }
    }
}
