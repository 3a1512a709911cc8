package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import java.io.Serializable;

/** Opens the lake in the process that uses it. */
public interface LakeFactory extends Serializable {

    /** Throws {@link dev.firn.spi.source.OutsideException} if the catalog can't be reached. */
    Lake open(ReferenceResolver references);

    /** The same with a topic that gets what goes to quarantine; every commit to that table sends it there first. */
    default LakeFactory beside(QuarantineTopicFactory topic) {
        throw new IllegalStateException("our bug: a lake that can't tell a topic of what goes to quarantine");
    }
}
