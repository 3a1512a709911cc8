package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableDetails;
import dev.firn.spi.inspection.TableFacts;
import dev.firn.spi.inspection.TableFreshness;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableSize;
import dev.firn.spi.schema.TableName;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The tables of one catalog. */
final class IcebergInspectedCatalog implements InspectedCatalog {

    private final InspectedLake lake;

    IcebergInspectedCatalog(InspectedLake lake) {
        this.lake = lake;
    }

    @Override
    public List<TableName> tables() {
        return List.copyOf(lake.tables());
    }

    @Override
    public TableFacts facts(TableName name) {
        return look(name, table -> new Facts(name, table).of());
    }

    @Override
    public TableDetails details(TableName name, Optional<String> asOf, Set<Part> parts) {
        return look(name, table -> {
            Snapshot shown = asOf.isPresent() ? Moments.of(name, table, asOf.get()) : table.currentSnapshot();
            return new Details(lake, name, table, shown, parts).of();
        });
    }

    @Override
    public TableSize size(TableName name) {
        return look(name, table -> new Sizes(name, table).of());
    }

    @Override
    public TableFreshness freshness(TableName name, Optional<String> column) {
        return look(name, table -> new Freshness(name, table).of(column));
    }

    @Override
    public TableHealth health(TableName name) {
        return look(name, table -> new HealthCheck(name, table, Instant.now()).run());
    }

    @Override
    public TableCheck check(TableName name, Depth depth, Consumer<String> progress) {
        return new Verification(lake, name, depth, progress).run();
    }

    private <T> T look(TableName name, Function<Table, T> look) {
        Table table = lake.find(name).orElseThrow(() -> new UnknownTable(name));
        try {
            return look.apply(table);
        } catch (UnknownMoment | UnknownColumn | IllegalStateException | NullPointerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw lake.failed("look at table `" + name + "`", e);
        } finally {
            // Iceberg closes what it reads files with when nobody holds the table any more.
            Reference.reachabilityFence(table);
        }
    }

    @Override
    public void close() {
        lake.close();
    }
}
