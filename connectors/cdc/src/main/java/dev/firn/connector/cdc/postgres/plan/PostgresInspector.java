package dev.firn.connector.cdc.postgres.plan;

import dev.firn.connector.cdc.CdcCode;
import dev.firn.connector.cdc.PostgresOptions;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import dev.firn.connector.cdc.postgres.Readiness;
import dev.firn.connector.cdc.postgres.ServerIdentity;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.TableShape;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.selector.Selector;
import dev.firn.schema.DatabaseChanges;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The planner's look at a database: which tables there are, what they are made of, and where the log ends. */
public final class PostgresInspector implements SourceInspector {

    private final SourceDefinition source;
    private final Bound<?> component;
    private final PostgresOptions options;
    private final PostgresAddress address;

    /** @throws dev.firn.definition.reference.UnresolvedReference if an option holds one that leads nowhere */
    public PostgresInspector(SourceDefinition source, ReferenceResolver references) {
        this.source = source;
        this.component = source.component();
        this.options = (PostgresOptions) component.options();
        this.address = AddressSettings.of(options).resolve(references);
    }

    @Override
    public List<StreamDescription> streams(Diagnostics diagnostics) {
        try {
            PostgresCatalog.Selected selected = selected();
            for (PostgresCatalog.Refused refused : selected.refused()) {
                diagnostics.report(Diagnostic.error(
                        CdcCode.SOURCE_TABLE_UNSUITED,
                        span(refused.name()),
                        "`" + refused.name() + "` can't be read: " + refused.reason()));
            }
            for (Selector selector : selected.unmatched()) {
                diagnostics.report(Diagnostic.error(
                                CdcCode.SOURCE_TABLE_NOT_FOUND,
                                component.span("tables", options.tables().indexOf(selector)),
                                address.inWords() + " has no table `" + selector + "` that it shows")
                        .fixedBy("write `schema.table` as the database has it, or let the user see it"));
            }
            for (Readiness.Lack lack : PostgresHealth.lacks(address, options)) {
                if (lack.weight() == Readiness.Weight.REQUIRED) {
                    diagnostics.report(
                            Diagnostic.error(CdcCode.DATABASE_NOT_READY, component.span("database"), lack.sentence())
                                    .fixedBy(lack.sql()));
                }
            }
            return selected.tables().stream().map(this::described).toList();
        } catch (DatabaseFailure failure) {
            diagnostics.report(
                    Diagnostic.error(CdcCode.DATABASE_UNREACHABLE, component.span("hostname"), failure.reason()));
            return named();
        }
    }

    private StreamDescription described(SourceTable table) {
        return new StreamDescription(
                table.name(),
                span(table.name()),
                Optional.of(DatabaseChanges.describe(definition(TableShape.of(table)))),
                true);
    }

    private static StreamDefinition definition(TableShape shape) {
        return new StreamDefinition(
                shape.valueSchema().definition(), Optional.of(shape.keySchema().definition()));
    }

    private List<StreamDescription> named() {
        List<StreamDescription> named = new ArrayList<>();
        for (Selector selector : options.tables()) {
            selector.literal()
                    .ifPresent(name -> named.add(new StreamDescription(name, span(name), Optional.empty(), true)));
        }
        return named;
    }

    /** Of the first selector that selects it. */
    private SourceSpan span(String table) {
        for (int index = 0; index < options.tables().size(); index++) {
            if (options.tables().get(index).matches(table)) {
                return component.span("tables", index);
            }
        }
        return component.span("tables");
    }

    private PostgresCatalog.Selected selected() throws DatabaseFailure {
        try (Connection connection = address.open()) {
            return new PostgresCatalog(address, connection)
                    .select(options.tables(), options.exclude().orElse(List.of()));
        } catch (SQLException closing) {
            throw new IllegalStateException("our bug: a connection that is no more needed does not close", closing);
        }
    }

    /** All rows of each table, which its changes are opened behind, and the log as far as it is written. */
    @Override
    public List<SplitRange> ranges() {
        try {
            ServerIdentity identity = ServerIdentity.of(address);
            DatabaseSplits splits = DatabaseSplits.of(source.name(), identity);
            List<SplitRange> ranges = new ArrayList<>();
            for (SourceTable table : selected().tables()) {
                ranges.add(new SplitRange(splits.changes(table), -1, 0));
            }
            long end = identity.flushed().value();
            ranges.add(new SplitRange(splits.log(), end - 1, end));
            return ranges;
        } catch (DatabaseFailure failure) {
            throw new OutsideException(failure.reason(), failure);
        }
    }

    @Override
    public boolean isOfAStream(Split split) {
        return !split.stream().equals(DatabaseSplits.LOG);
    }

    @Override
    public List<SplitRange> extents() {
        throw new OutsideException(
                "a database keeps no changes that were read, so nothing can be counted again in source `"
                        + source.name() + "`");
    }

    @Override
    public void close() {
        // Each look has a connection of its own.
    }
}
