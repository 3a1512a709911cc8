package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.source.OutsideException;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * Opens decoders by what a table says of each writer's schema, and has the table brought to say it where it does not yet. A
 * format that knows no schemas is bound by the names that the table has.
 */
final class BoundDecoders {

    private final TableEvolution evolution;
    private final Turn turn;

    /** Told of a table as it is now; answers what rows are written to from now on, which is the one before where files stay alike. */
    @FunctionalInterface
    interface Turn {
        TargetTable to(TargetTable before, Table now);
    }

    BoundDecoders(TableEvolution evolution, Turn turn) {
        this.evolution = evolution;
        this.turn = turn;
    }

    /**
     * Of whole rows; may change the table, and then what is written to.
     *
     * @throws SchemaChangeRefused if the job is to end
     */
    RowDecoder rows(TargetTable table, FormatReader format, int schemaId) throws Rejected {
        Optional<SchemaLineage> lineage = format.lineage(schemaId);
        if (lineage.isEmpty()) {
            return format.decoder(schemaId, table.columns(), table.rows());
        }
        WriterSchema writer = lineage.get().schema();
        Optional<BoundFields> fields = table.fields(writer).filter(standing -> stands(standing, table, lineage.get()));
        TableView named = fields.isPresent() ? table.view(writer, fields.get()) : bind(table, lineage.get());
        return format.decoder(schemaId, named.view(), named.rows());
    }

    /** The file may decide otherwise now about what was left out by an earlier run. */
    private boolean stands(BoundFields fields, TargetTable table, SchemaLineage lineage) {
        return fields.leftOut().isEmpty()
                || table.isRemembered()
                || evolution
                        .withoutAChange(table, lineage)
                        .map(binding -> table.fields(lineage.schema(), binding))
                        .equals(Optional.of(fields));
    }

    /** Of what partitions are made of. Whoever only sends records on does not change tables. */
    RowDecoder partitions(PartitionColumns partitions, TargetTable table, FormatReader format, int schemaId)
            throws Rejected {
        Optional<TableView> named = format.lineage(schemaId)
                .map(SchemaLineage::schema)
                .flatMap(writer -> table.fields(writer).map(fields -> partitions.view(writer, fields)));
        return named.isPresent()
                ? format.projection(schemaId, named.get().view(), named.get().rows())
                : format.projection(schemaId, partitions.columns(), partitions.rows());
    }

    private TableView bind(TargetTable table, SchemaLineage lineage) throws Rejected {
        if (table.isRemembered()) {
            return view(table, lineage, remembered(table, lineage));
        }
        TableEvolution.Outcome outcome = evolution.bind(table.name(), lineage);
        if (outcome instanceof TableEvolution.Bound bound) {
            return view(turn.to(table, bound.table()), lineage, bound.binding());
        }
        throw outcome instanceof TableEvolution.Refused refused
                ? rejected(refused)
                : new Rejected(RejectCode.TABLE_GONE, ((TableEvolution.Gone) outcome).reason());
    }

    private static TableView view(TargetTable table, SchemaLineage lineage, SchemaBinding binding) {
        return table.view(lineage.schema(), table.fields(lineage.schema(), binding));
    }

    private static Rejected rejected(TableEvolution.Refused refused) {
        if (refused.decision() == Decision.QUARANTINE) {
            return new Rejected(RejectCode.SCHEMA_CHANGE_REFUSED, refused.reason());
        }
        if (refused.decision() == Decision.FAIL) {
            throw new SchemaChangeRefused(refused.reason());
        }
        throw new IllegalStateException(
                "our bug: a schema is refused with " + refused.decision() + ": " + refused.reason());
    }

    /** Rows that need a change have to wait for the catalog; what another subtask has told the table meanwhile is not known here. */
    private SchemaBinding remembered(TargetTable table, SchemaLineage lineage) {
        return evolution
                .withoutAChange(table, lineage)
                .orElseThrow(() -> new OutsideException(
                        "table `" + table.name() + "` is not to be had from the catalog, and as it was at its last"
                                + " commit it would have to change for the schema of a record"));
    }
}
