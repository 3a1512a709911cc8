package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.hadoop.HadoopFileIO;

/** What {@link TableEvolution} would make of a table, as far as that is known before it is asked to; changes nothing. */
record Foresight(LakeTables tables, String pipeline, SchemaEvolution evolution) {

    /** Empty where the table is not there. */
    Optional<Foreseen> of(TableName name, List<SchemaLineage> lineages) {
        return tables.find(name).map(table -> of(name, table, lineages));
    }

    /** Of a table that is yet to be made. */
    Foreseen of(TableSpec spec, List<SchemaLineage> lineages) {
        TableMetadata made = TableMetadata.newTableMetadata(
                IcebergTypes.schema(spec.schema()), PartitionSpec.unpartitioned(), "nowhere", Map.of());
        String name = spec.name().full();
        return of(spec.name(), new BaseTable(new RememberedOperations(made, new HadoopFileIO()), name), lineages);
    }

    private Foreseen of(TableName name, Table table, List<SchemaLineage> lineages) {
        TableMetadata now = LakeTables.operations(table).current();
        Judged judged = Judged.of(now.schema(), now.properties(), pipeline);
        SchemaLineage lineage = judged.bindings().nearest(lineages);
        WriterSchema writer = lineage.schema();
        Optional<RolledBack> rolledBack = judged.bindings().rolledBack(writer);
        if (rolledBack.isPresent()) {
            return new Foreseen.Refuses(Decision.QUARANTINE, rolledBack.get().words(name), List.of());
        }
        Optional<SchemaBinding> standing = judged.bindings()
                .own(writer, now.schema())
                .filter(binding -> TableEvolution.isWhole(lineage, binding, now.schema()));
        if (standing.isPresent()) {
            return takes(name, now.schema(), writer, standing.get(), List.of());
        }
        Verdict verdict = evolution.judge(name, judged.bindings().state(name, now.schema(), lineage), lineage);
        if (verdict instanceof Verdict.Refused refused) {
            return new Foreseen.Refuses(refused.decision(), TableEvolution.words(name, refused), refused.decided());
        }
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        try {
            Schema changed = new AcceptedChange(judged, writer, accepted).changed(table);
            SchemaBinding binding = AcceptedBinding.of(writer, accepted.columns(), changed);
            return takes(name, changed, writer, binding, accepted.decided());
        } catch (AcceptedChange.Impossible impossible) {
            return new Foreseen.Refuses(
                    Decision.QUARANTINE,
                    TableEvolution.words(name, tables.outside().words(impossible)),
                    accepted.decided());
        }
    }

    private static Foreseen takes(
            TableName name, Schema table, WriterSchema writer, SchemaBinding binding, List<Decided> decided) {
        TableSchema columns = IcebergTypes.columns(name.full(), table);
        BoundFields fields = BoundFields.of(writer, binding, table)
                .orElseThrow(() -> new IllegalStateException("our bug: a binding that does not fit: " + binding));
        return new Foreseen.Takes(columns, WriterView.of(columns, writer, fields.columns()), decided);
    }
}
