package dev.firn.spi.sink;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Text;
import java.util.Map;

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

    /** The properties of the catalog that its tables are in, with their references; none where there is no catalog. */
    default Map<String, Text> catalogProperties(Record options) {
        return Map.of();
    }

    /** A lake that is nowhere: no table is there, nothing is reached, and what is asked of a table that is yet to be made is answered. */
    Lake nowhere(LakeNames names);
}
