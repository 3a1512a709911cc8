package dev.firn.spi.maintenance;

import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.function.Consumer;

/** An opened catalog whose tables are looked after, be they Firn's or not. */
public interface MaintainedCatalog extends AutoCloseable {

    /** All tables, sorted by their names; ledgers are not among them, for pipelines look after those themselves. */
    List<TableName> tables();

    /**
     * Does what a table needs, or says what that would be. What can't be done safely is left, and named in the answer.
     *
     * @param progress is told now and then what is under way, in a few words
     * @throws dev.firn.spi.source.OutsideException if the catalog or the storage fails; what was committed before stays
     */
    TableUpkeep maintain(TableName table, MaintenanceRequest request, Consumer<String> progress);

    @Override
    void close();
}
