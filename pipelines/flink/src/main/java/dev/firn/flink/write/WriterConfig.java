package dev.firn.flink.write;

import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.sink.LakeFactory;
import java.io.Serializable;
import java.util.Map;

/**
 * What the writers of a job need.
 *
 * @param formats what the bytes of each source mean, by the source's name
 */
public record WriterConfig(
        String uid, long run, WriterRoutes routes, Map<String, RecordFormat> formats, LakeFactory lake)
        implements Serializable {

    public WriterConfig {
        formats = Map.copyOf(formats);
    }
}
