package dev.firn.flink.testing;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.SinkConnector;

/** The sink {@code type: fake}. */
public final class FakeSinkConnector implements SinkConnector {

    public static final String TYPE = "fake";

    /** Which lake. */
    public record Options(String lake) {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> options() {
        return Options.class;
    }

    @Override
    public void check(SinkDefinition sink, Diagnostics diagnostics) {}

    @Override
    public LakeFactory lake(Record options, LakeNames names) {
        return FakeLake.factory(((Options) options).lake());
    }

    @Override
    public Lake nowhere(LakeNames names) {
        return FakeLake.factory(FakeLake.create().name()).open(SystemReferences.ofThisProcess());
    }
}
