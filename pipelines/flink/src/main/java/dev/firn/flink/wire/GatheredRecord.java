package dev.firn.flink.wire;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;

/**
 * A copy of a record on its way to the subtask that writes it.
 *
 * @param schemaId of the value, as the frame has it
 * @param writer the subtask, 0-based
 */
public record GatheredRecord(RawRecord record, TableName table, int schemaId, int writer) implements Gathered {}
