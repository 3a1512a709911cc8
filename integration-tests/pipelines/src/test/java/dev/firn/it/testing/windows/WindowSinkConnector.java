package dev.firn.it.testing.windows;

import dev.firn.connector.iceberg.IcebergLakeFactory;
import dev.firn.connector.iceberg.IcebergSinkConnector;
import dev.firn.definition.SinkDefinition;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.SinkConnector;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Map;

/** The iceberg sink with {@link Window}s; on a class path only where a test puts its name there. */
public final class WindowSinkConnector implements SinkConnector {

    static final String TYPE = "iceberg-with-windows";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> options() {
        return Options.class;
    }

    @Override
    public void check(SinkDefinition sink, Diagnostics diagnostics) {
        // A test's file is right.
    }

    @Override
    public LakeFactory lake(Record options, LakeNames names) {
        Options given = (Options) options;
        return new Factory(new IcebergLakeFactory(given.catalog(), names), given.windows());
    }

    @Override
    public Lake nowhere(LakeNames names) {
        return new IcebergSinkConnector().nowhere(names);
    }

    /** The {@code sink:} section. */
    @Component(kind = "sink", name = TYPE, summary = "Iceberg tables, for tests that kill.")
    public record Options(
            @Required @Doc("As for `iceberg`.") @Example("{type: hadoop, warehouse: \"file:///lake\"}")
                    Map<String, Text> catalog,
            @Required @Doc("The folder of the windows.") @Example("/tmp/windows") Text windows) {

        public Options {
            catalog = Map.copyOf(catalog);
        }
    }

    /** Opens the real lake and stands before it. */
    record Factory(LakeFactory real, Text windows) implements LakeFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Lake open(ReferenceResolver references) {
            WindowFolder folder = new WindowFolder(Path.of(windows.resolve(references)));
            return new Stops(folder).between(real.open(references));
        }
    }
}
