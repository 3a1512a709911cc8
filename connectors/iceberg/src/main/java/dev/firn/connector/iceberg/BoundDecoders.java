package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.source.OutsideException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.iceberg.Table;

/**
 * Opens decoders by what a table says of each writer's schema, and has the table brought to say it where it does not yet. A
 * format that knows no schemas is bound by the names that the table has.
 */
final class BoundDecoders {

    private final TableEvolution evolution;
    private final UnsavedBindings unsaved;
    private final Refusals refusals;
    private final Turn turn;

    /** Told of a table as it is now; answers what rows are written to from now on, which is the one before where files stay alike. */
    @FunctionalInterface
    interface Turn {
        TargetTable to(TargetTable before, Table now);
    }

    /**
     * @param unsaved gets the bindings that are to come into their tables with the next rows
     * @param refusals gets what tables do not take
     */
    BoundDecoders(TableEvolution evolution, UnsavedBindings unsaved, Refusals refusals, Turn turn) {
        this.evolution = evolution;
        this.unsaved = unsaved;
        this.refusals = refusals;
        this.turn = turn;
    }

    /**
     * Of whole rows; may change the table, and then what is written to.
     *
     * @param first the first of them
     * @throws SchemaChangeRefused if the job is to end
     */
    RowDecoder rows(TargetTable table, FormatReader format, int schemaId, RawRecord first) throws Rejected {
        Optional<WriterSchema> written = format.written(schemaId);
        if (written.isEmpty()) {
            return format.decoder(schemaId, table.columns(), table.rows());
        }
        WriterSchema writer = written.get();
        Optional<RolledBack> rolledBack = table.bindings().rolledBack(writer);
        if (rolledBack.isPresent()) {
            // Also where the catalog is away, and whatever is known of the table besides.
            throw new Rejected(
                    RejectCode.SCHEMA_CHANGE_REFUSED, rolledBack.get().words(table.name()));
        }
        Optional<BoundFields> known = fields(table, writer);
        TableView named;
        // The registry is asked only where the table does not say it all: it may be away.
        if (known.filter(fields -> fields.leftOut().isEmpty()).isPresent()) {
            named = table.view(writer, known.get());
        } else {
            List<SchemaLineage> lineages = format.lineages(schemaId, first.split().stream());
            named = known.filter(standing -> stands(standing, writer, table, lineages))
                            .isPresent()
                    ? table.view(writer, known.get())
                    : bind(table, writer, new Asking(format, schemaId, first), lineages);
        }
        return format.decoder(schemaId, named.view(), named.rows());
    }

    /** The file may decide otherwise now about what was left out by an earlier run. */
    private boolean stands(BoundFields fields, WriterSchema writer, TargetTable table, List<SchemaLineage> lineages) {
        return table.isRemembered()
                || evolution
                        .withoutAChange(table, lineages)
                        .map(binding -> table.fields(writer, binding))
                        .equals(Optional.of(fields));
    }

    /** Of some columns, such as partitions are made of. Whoever only sends records on does not change tables. */
    RowDecoder some(SomeColumns columns, TargetTable table, FormatReader format, int schemaId) throws Rejected {
        Optional<TableView> named = format.written(schemaId)
                .flatMap(writer -> fields(table, writer).map(fields -> columns.view(writer, fields)));
        return named.isPresent()
                ? format.projection(schemaId, named.get().view(), named.get().rows())
                : format.projection(schemaId, columns.columns(), columns.rows());
    }

    private Optional<BoundFields> fields(TargetTable table, WriterSchema writer) {
        return table.fields(writer).or(() -> unsaved.fields(table, writer));
    }

    /** Who is asked for histories. */
    private record Asking(FormatReader format, int schemaId, RawRecord first) {

        List<SchemaLineage> lineages() throws Rejected {
            return format.lineages(schemaId, first.split().stream());
        }
    }

    private TableView bind(TargetTable table, WriterSchema writer, Asking asking, List<SchemaLineage> lineages)
            throws Rejected {
        SortedMap<String, String> others = unsaved.texts(table);
        Optional<SchemaBinding> binding = table.isRemembered()
                ? Optional.of(remembered(table, lineages))
                : evolution.asAMatterOfCourse(table, lineages, others);
        if (binding.isPresent()) {
            unsaved.add(table, writer, binding.get());
            return view(table, writer, binding.get());
        }
        TableEvolution.Outcome outcome = bind(table.name(), asking, lineages, others);
        if (outcome instanceof TableEvolution.Bound bound) {
            return view(turn.to(table, bound.table()), writer, bound.binding());
        }
        throw outcome instanceof TableEvolution.Refused refused
                ? rejected(refused, table, asking)
                : new Rejected(RejectCode.TABLE_GONE, ((TableEvolution.Gone) outcome).reason());
    }

    /** A version that others have brought into the table since they were asked for is not in the histories; once more, then. */
    private TableEvolution.Outcome bind(
            TableName table, Asking asking, List<SchemaLineage> lineages, SortedMap<String, String> others)
            throws Rejected {
        List<SchemaLineage> known = lineages;
        Set<String> strangers = Set.of();
        while (true) {
            TableEvolution.Outcome outcome = evolution.bind(
                    table, known, asking.first(), new TableEvolution.Known(others, Optional.of(strangers)));
            if (!(outcome instanceof TableEvolution.Behind behind)) {
                return outcome;
            }
            strangers = behind.strangers();
            known = asking.lineages();
        }
    }

    private static TableView view(TargetTable table, WriterSchema writer, SchemaBinding binding) {
        return table.view(writer, table.fields(writer, binding));
    }

    private Rejected rejected(TableEvolution.Refused refused, TargetTable table, Asking asking) {
        refused.told().ifPresent(refusals::add);
        if (refused.decision() == Decision.QUARANTINE) {
            return new Rejected(RejectCode.SCHEMA_CHANGE_REFUSED, refused.reason());
        }
        if (refused.decision() == Decision.FAIL) {
            refusals.tell();
            throw new SchemaChangeRefused(refused.reason());
        }
        if (refused.decision() == Decision.PAUSE_TABLE) {
            PausedTable paused = new PausedTable(
                    table.name(),
                    Instant.now(),
                    refused.reason(),
                    Optional.of(PausedTable.Bringer.of(asking.first(), asking.schemaId())));
            TargetTable now = turn.to(table, evolution.pause(paused));
            return TargetTable.rejection(now.paused().orElse(paused));
        }
        throw new IllegalStateException(
                "our bug: a schema is refused with " + refused.decision() + ": " + refused.reason());
    }

    /** Rows that need a change have to wait for the catalog; what another subtask has told the table meanwhile is not known here. */
    private SchemaBinding remembered(TargetTable table, List<SchemaLineage> lineages) {
        return evolution
                .withoutAChange(table, lineages)
                .orElseThrow(() -> new OutsideException(
                        "table `" + table.name() + "` is not to be had from the catalog, and as it was at its last"
                                + " commit it would have to change for the schema of a record"));
    }
}
