package dev.firn.cli.cluster;

import dev.firn.cli.Versions;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.ClusterState;
import dev.firn.cli.run.UsageRefused;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster can run a pipeline, asked before anything is changed.
 *
 * @param firn the version of this Firn
 * @param flink the version of the Flink that this Firn is made for
 * @param own the class path of this Firn
 */
public record Admission(SessionCluster cluster, String firn, String flink, List<String> own) {

    private static final String CHECKPOINTS = "state.checkpoints.dir";

    public Admission {
        own = List.copyOf(own);
    }

    /** By this Firn. */
    public static Admission to(SessionCluster cluster) {
        Versions versions = Versions.load();
        return new Admission(
                cluster,
                versions.firn(),
                versions.flink(),
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    }

    /**
     * Looks for a job of the same pipeline, for the right Flink and Firn, and for free slots.
     *
     * @throws ClusterAway if the cluster can't run it
     */
    public void check(PipelineIdentity pipeline, int parallelism) throws AlreadyRunning {
        checkFlink();
        checkFirn();
        checkAbsent(pipeline);
        checkSlots(parallelism, 0);
    }

    /**
     * The same before a job of the pipeline is stopped to make place for another.
     *
     * @throws ClusterAway if the cluster can't run it
     */
    public void checkInPlaceOf(RemoteJob running, int parallelism) {
        checkFlink();
        checkFirn();
        checkSlots(parallelism, running.slots());
    }

    /** Looks for a job of the same pipeline alone. */
    public void checkAbsent(PipelineIdentity pipeline) throws AlreadyRunning {
        new PipelineJob(cluster, pipeline).requireAbsent();
    }

    private void checkFlink() {
        String theirs = cluster.flinkVersion();
        if (!minor(theirs).equals(minor(flink))) {
            throw new ClusterAway("the cluster at " + cluster.shown() + " runs Flink " + theirs
                    + ", and this Firn's jobs are made for Flink " + minor(flink));
        }
    }

    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    private void checkFirn() {
        String name = "firn-flink-";
        List<String> paths = cluster.classPath();
        List<String> jars = paths.stream()
                .map(path -> path.replaceFirst(".*[/\\\\]", ""))
                .filter(jar -> jar.startsWith(name))
                .toList();
        if (jars.isEmpty()) {
            throw new ClusterAway("the cluster at " + cluster.shown() + " has no Firn on its class path: start one with"
                    + " cluster/start, or put Firn's jars into its `lib/` as docs/cluster.md says");
        }
        if (!jars.contains(name + firn + ".jar")) {
            throw new ClusterAway("the cluster at " + cluster.shown() + " has another Firn on its class path, "
                    + jars.get(0).replaceFirst("^" + name + "(.*)\\.jar$", "$1") + ", and this is " + firn);
        }
        Optional<String> other = new SameBuild(paths, own).difference();
        if (other.isPresent()) {
            throw new ClusterAway("the cluster at " + cluster.shown() + " has another build of Firn " + firn
                    + " on its class path (`" + other.get() + "` differs): start it anew");
        }
    }

    /** @param own slots of the pipeline's job that is about to be stopped */
    private void checkSlots(int needed, int own) {
        SessionCluster.Slots slots = cluster.slots();
        // A job between two attempts holds none of those that its parts take.
        if (Math.min(slots.all(), slots.free() + own) < needed) {
            throw new ClusterAway("the cluster at " + cluster.shown() + " has " + slots.free() + " of " + slots.all()
                    + (slots.all() == 1 ? " slot" : " slots") + " free"
                    + (own == 0 ? "" : " and " + own + " of the job that runs") + ", and the pipeline needs " + needed
                    + " (its `parallelism`): stop a job there, or give it more TaskManagers");
        }
    }

    /**
     * Where the pipeline's state goes.
     *
     * @throws UsageRefused if neither the file nor the cluster says where
     */
    public ClusterState state(PipelineDefinition definition, PipelineIdentity pipeline, ReferenceResolver references)
            throws UsageRefused {
        return state(
                Optional.ofNullable(definition.pipeline().options().flink().get(CHECKPOINTS)),
                pipeline.folder(),
                references);
    }

    /**
     * Looks, before there is a ledger that names it, whether there is a place for the state.
     *
     * @throws UsageRefused if neither the file nor the cluster says where
     */
    public void checkState(PipelineDefinition definition, ReferenceResolver references) throws UsageRefused {
        state(
                Optional.ofNullable(definition.pipeline().options().flink().get(CHECKPOINTS)),
                definition.stateName(),
                references);
    }

    /** @param said what the file has for {@code state.checkpoints.dir} */
    ClusterState state(Optional<Text> said, String name, ReferenceResolver references) throws UsageRefused {
        String folder = said.map(text -> text.resolve(references))
                .or(() -> Optional.ofNullable(cluster.settings().get(CHECKPOINTS)))
                .orElseThrow(() -> new UsageRefused("neither the cluster at " + cluster.shown()
                        + " nor `pipeline.flink` has `" + CHECKPOINTS
                        + "`: without it the job's checkpoints would be in memory only"));
        return ClusterState.of(folder, name);
    }
}
