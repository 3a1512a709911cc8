package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.List;

/**
 * Whose lake it is.
 *
 * @param pipeline whose epochs are counted, in every snapshot summary
 * @param author whose decisions about schemas hold; the pipeline itself, or, for a replay, the one whose records it puts back
 * @param ledger the pipeline's ledger table
 * @param quarantine the pipeline's quarantine table
 */
public record LakeNames(String pipeline, String author, TableName ledger, TableName quarantine)
        implements Serializable {

    /** No pipeline of a file can have a name with a dot. */
    private static final String REPLAY = ".replay";

    /** Of a pipeline that decides for itself. */
    public LakeNames(String pipeline, TableName ledger, TableName quarantine) {
        this(pipeline, pipeline, ledger, quarantine);
    }

    /** The table of what was decided about schemas, beside the ledger; pipelines of one namespace share it. */
    public TableName schemaChanges() {
        return beside("firn_schema_changes");
    }

    /** The table of what was put back from quarantine, beside the ledger. */
    public TableName replayed() {
        return beside("firn_replayed");
    }

    /**
     * Those of whoever puts the pipeline's quarantined records back: it counts epochs of its own, in a ledger of its own, and so it may
     * write beside the pipeline's running job.
     */
    public LakeNames replay() {
        return new LakeNames(replayOf(author), author, beside("firn_replay_ledger"), quarantine);
    }

    /** What whoever puts a pipeline's records back is called. */
    public static String replayOf(String pipeline) {
        return pipeline + REPLAY;
    }

    /** Tables beside the ledger that are Firn's, so that no stream can be routed to them. */
    public List<TableName> besideTheLedger() {
        return List.of(schemaChanges(), replayed(), replay().ledger());
    }

    private TableName beside(String name) {
        return new TableName(String.join(".", ledger.namespace()) + "." + name);
    }
}
