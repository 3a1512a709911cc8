package dev.firn.spi.ledger;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/**
 * How old the rows were that one operator instance has written to a table since its last barrier: counted, not listed. It
 * travels beside the sums, and is kept nowhere.
 *
 * @param reference a moment, in milliseconds since 1970, that ages are told from; rows of after it have negative ages
 * @param ages in milliseconds, each of which stands for those close to it
 * @param counts the rows of each of them
 */
public record RecordAges(TableName table, long reference, long[] ages, long[] counts) implements Serializable {}
