package dev.firn.flink.write;

import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeFactory;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the writers of a job need.
 *
 * @param routes the tables of each stream, by {@code source/stream}; each gets a copy of its records
 * @param formats what the bytes of each source mean, by the source's name
 */
public record WriterConfig(
        String uid, long run, Map<String, List<TableName>> routes, Map<String, RecordFormat> formats, LakeFactory lake)
        implements Serializable {

    public WriterConfig {
        routes = Map.copyOf(routes);
        formats = Map.copyOf(formats);
    }
}
