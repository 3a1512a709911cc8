package dev.firn.plan.testing;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.sink.SinkConnector;
import dev.firn.spi.source.OutsideException;
import java.util.Map;

/** A sink with the tables of {@link Shop}; its catalog needs a type, and one at {@code nobody} does not answer. */
public final class FakeIceberg implements SinkConnector {

    @Override
    public String type() {
        return "iceberg";
    }

    @Override
    public Class<? extends Record> options() {
        return FakeIcebergOptions.class;
    }

    @Override
    public void check(SinkDefinition sink, Diagnostics diagnostics) {
        if (!catalog(sink.component().options()).containsKey("type")) {
            diagnostics.report(Diagnostic.error(
                    DefinitionCode.MISSING_OPTION, sink.component().span("catalog"), "the catalog has no `type`"));
        }
    }

    @Override
    public LakeFactory lake(Record options, LakeNames names) {
        Text uri = catalog(options).getOrDefault("uri", new Text("here"));
        return new Factory(uri);
    }

    private record Factory(Text uri) implements LakeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public Lake open(ReferenceResolver references) {
            String address = uri.resolve(references);
            if (address.contains("nobody")) {
                throw new OutsideException("the catalog at `" + address + "` does not answer");
            }
            return new FakeLake();
        }

        @Override
        public LakeFactory beside(QuarantineTopicFactory topic) {
            return this;
        }
    }

    @Override
    public Lake nowhere(LakeNames names) {
        return new FakeLake();
    }

    private static Map<String, Text> catalog(Record options) {
        return ((FakeIcebergOptions) options).catalog();
    }
}
