package dev.firn.spi.source;

import dev.firn.spi.record.Split;
import java.time.Instant;

/**
 * A split that is not read on for want of a schema; nothing of it is held anywhere, it is still in its source.
 *
 * @param position of the record that it stands at
 * @param schemaId of that record
 * @param reason why nobody can say the schema, in a sentence
 * @param since when it was first asked for
 */
public record WaitingSplit(Split split, long position, int schemaId, String reason, Instant since) {}
