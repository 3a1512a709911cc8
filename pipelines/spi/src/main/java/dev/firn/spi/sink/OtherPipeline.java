package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.util.Optional;

/**
 * A pipeline that has written to a table which this one writes to as well.
 *
 * @param ledger its ledger's table; empty where the table does not say, as one that an older Firn has written
 * @param ledgerIncarnation which ledger of that name it was
 */
public record OtherPipeline(String name, Optional<TableName> ledger, String ledgerIncarnation) {}
