package dev.firn.spi.sink;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.diagnostic.Diagnostics;

/** A sink connector, found by {@link java.util.ServiceLoader}. */
public interface SinkConnector {

    /** The word behind {@code type:}. */
    String type();

    /** The annotated record that is this connector's part of the grammar. */
    Class<? extends Record> options();

    /** Reports what is wrong with the options and can be seen without the outside; pure. */
    void check(SinkDefinition sink, Diagnostics diagnostics);

    /** The recipe that travels in the job; it carries references, not their values. */
    LakeFactory lake(Record options, LakeNames names);

    /** A lake that is nowhere: no table is there, nothing is reached, and what is asked of a table that is yet to be made is answered. */
    Lake nowhere(LakeNames names);
}
