package dev.firn.cli.preview;

import dev.firn.flink.preview.Previewed;
import dev.firn.spi.source.Sample;

/**
 * What a preview has to show.
 *
 * @param looked how many records were looked at
 * @param records how many there are in the streams that were looked at
 * @param ended why no more were
 */
public record Glimpse(int looked, long records, Sample.Ended ended, Previewed previewed) {}
