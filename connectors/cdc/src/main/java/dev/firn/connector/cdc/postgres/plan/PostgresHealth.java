package dev.firn.connector.cdc.postgres.plan;

import dev.firn.connector.cdc.PostgresOptions;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import dev.firn.connector.cdc.postgres.Readiness;
import dev.firn.connector.cdc.postgres.Readiness.Lack;
import dev.firn.connector.cdc.postgres.ServerIdentity;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a database is there and may be followed. */
public final class PostgresHealth {

    /** A slot, its reader and the room for both may be the pipeline's own. */
    private static final Set<Readiness.What> BY_ITSELF = EnumSet.of(
            Readiness.What.ROOM,
            Readiness.What.PUBLICATION_MISSING,
            Readiness.What.PUBLICATION,
            Readiness.What.SLOT_MISSING,
            Readiness.What.SLOT);

    private PostgresHealth() {}

    /** Resolves the options at once, and asks the database when it is looked. */
    public static HealthCheck check(SourceDefinition source, ReferenceResolver references) {
        PostgresOptions options = (PostgresOptions) source.component().options();
        PostgresAddress address = AddressSettings.of(options).resolve(references);
        return new HealthCheck("database", () -> look(address, options));
    }

    /** What is not as it should be, but for what a run makes by itself. */
    static List<Lack> lacks(PostgresAddress address, PostgresOptions options) throws DatabaseFailure {
        try (Connection connection = address.open()) {
            List<SourceTable> tables = new PostgresCatalog(address, connection)
                    .select(options.tables(), options.exclude().orElse(List.of()))
                    .tables();
            String slot = options.slot().orElse("firn");
            return Readiness.of(
                            address, connection, tables, options.publication().orElse(slot), slot)
                    .stream()
                    .filter(lack -> !BY_ITSELF.contains(lack.what()))
                    .toList();
        } catch (SQLException closing) {
            throw new IllegalStateException("our bug: a connection that is no more needed does not close", closing);
        }
    }

    private static List<Health> look(PostgresAddress address, PostgresOptions options) {
        try {
            ServerIdentity identity = ServerIdentity.of(address);
            List<Health> found = new ArrayList<>();
            found.add(Health.well(
                    "database", address.inWords() + " answers, and its log is written up to " + identity.flushed()));
            for (Lack lack : lacks(address, options)) {
                found.add(
                        lack.weight() == Readiness.Weight.REQUIRED
                                ? Health.unwell("changes", lack.sentence(), lack.sql())
                                : Health.well("changes", lack.sentence() + "; " + lack.sql()));
            }
            return found;
        } catch (DatabaseFailure failure) {
            return List.of(Health.unwell(
                    "database",
                    failure.reason(),
                    "see that the address is right, and that the user may log in and has `REPLICATION`"));
        }
    }
}
