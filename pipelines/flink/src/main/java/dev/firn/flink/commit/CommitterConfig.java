package dev.firn.flink.commit;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeFactory;
import java.io.Serializable;

/** What the committer of a job needs. */
public record CommitterConfig(long run, String planHash, TableName quarantine, LakeFactory lake, CommitRules rules)
        implements Serializable {}
