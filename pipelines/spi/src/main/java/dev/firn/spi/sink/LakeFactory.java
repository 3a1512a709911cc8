package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import java.io.Serializable;

/** Opens the lake in the process that uses it. */
public interface LakeFactory extends Serializable {

    /** Throws {@link dev.firn.spi.source.OutsideException} if the catalog can't be reached. */
    Lake open(ReferenceResolver references);
}
