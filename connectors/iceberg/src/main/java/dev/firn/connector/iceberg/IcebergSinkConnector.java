package dev.firn.connector.iceberg;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.SinkConnector;
import java.util.Map;

/** The {@code iceberg} sink; until a lake is opened it needs neither Iceberg nor Hadoop on the class path. */
public final class IcebergSinkConnector implements SinkConnector {

    @Override
    public String type() {
        return "iceberg";
    }

    @Override
    public Class<? extends Record> options() {
        return IcebergOptions.class;
    }

    @Override
    public void check(SinkDefinition sink, Diagnostics diagnostics) {
        new CatalogCheck(sink.component(), diagnostics).run();
    }

    @Override
    public LakeFactory lake(Record options, LakeNames names) {
        IcebergOptions iceberg = (IcebergOptions) options;
        WriterLimits limits = new WriterLimits(
                iceberg.memory().map(ByteSize::bytes).orElse(WriterLimits.SHARE_OF_HEAP), iceberg.openFiles());
        return new IcebergLakeFactory(iceberg.catalog(), names, limits);
    }

    @Override
    public Map<String, Text> catalogProperties(Record options) {
        return ((IcebergOptions) options).catalog();
    }

    @Override
    public Lake nowhere(LakeNames names) {
        return IcebergLake.nowhere(names);
    }
}
