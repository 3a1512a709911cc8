package dev.firn.connector.cdc;

import dev.firn.connector.cdc.postgres.plan.PostgresHealth;
import dev.firn.connector.cdc.postgres.plan.PostgresInspector;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceInspector;
import java.time.Duration;
import java.util.List;

/** The connector behind {@code type: postgres}. */
public final class PostgresSourceConnector extends DatabaseConnector {

    /** The word behind {@code type:}. */
    public static final String TYPE = "postgres";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> options() {
        return PostgresOptions.class;
    }

    @Override
    List<Selector> tables(Record options) {
        return ((PostgresOptions) options).tables();
    }

    @Override
    List<Selector> exclude(Record options) {
        return ((PostgresOptions) options).exclude().orElse(List.of());
    }

    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        PostgresOptions options = (PostgresOptions) source.component().options();
        String promise = options.startup() == Startup.INITIAL
                ? "each row as the database has it, once: rows first, then their changes; a deleted row is deleted"
                : "each change from now on, once; rows of before are not read";
        SourceDescription tables = super.describe(source, diagnostics);
        return new SourceDescription(tables.streams(), promise, tables.selection());
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        return new PostgresInspector(source, references);
    }

    @Override
    public List<HealthCheck> healthChecks(SourceDefinition source, ReferenceResolver references, Duration standstill) {
        return List.of(PostgresHealth.check(source, references));
    }
}
