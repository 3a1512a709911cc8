package dev.firn.connector.iceberg;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantineTopicFactory;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The catalog's properties as the file has them, references unresolved, the tables that are the pipeline's own, and what
 * its writers may hold.
 */
public record IcebergLakeFactory(Map<String, Text> catalog, LakeNames names, WriterLimits limits)
        implements LakeFactory {

    private static final long serialVersionUID = 1L;

    public IcebergLakeFactory {
        catalog = Collections.unmodifiableMap(new TreeMap<>(catalog));
    }

    /** With the limits of a file that does not name any. */
    public IcebergLakeFactory(Map<String, Text> catalog, LakeNames names) {
        this(catalog, names, WriterLimits.DEFAULT);
    }

    @Override
    public Lake open(ReferenceResolver references) {
        return opened(references);
    }

    @Override
    public LakeFactory beside(QuarantineTopicFactory topic) {
        return new BesideTopic(this, topic);
    }

    private IcebergLake opened(ReferenceResolver references) {
        return IcebergLake.open(CatalogSettings.resolve(catalog, references), names, limits);
    }

    /** The same lake, which tells a topic of what goes to quarantine. */
    private record BesideTopic(IcebergLakeFactory lake, QuarantineTopicFactory topic) implements LakeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public Lake open(ReferenceResolver references) {
            return lake.opened(references).beside(topic.open(references));
        }
    }
}
