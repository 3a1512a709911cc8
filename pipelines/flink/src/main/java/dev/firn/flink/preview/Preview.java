package dev.firn.flink.preview;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.PlannedFormats;
import dev.firn.flink.Routes;
import dev.firn.flink.write.PlannedKeys;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.flink.write.RecordRouting;
import dev.firn.flink.write.RuledFormats;
import dev.firn.flink.write.TableCatalog;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.plan.TablePlan;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends records on the way that a job's take, as far as the row: the same formats, the same routing, the same decoders, and what would be
 * done about schemas that the tables do not have yet. Behind that there is no writer.
 */
public final class Preview implements AutoCloseable {

    private final Map<String, FormatReader> formats;
    private final RecordRouting routing;
    private final Rows rows;

    private Preview(Map<String, FormatReader> formats, RecordRouting routing, Rows rows) {
        this.formats = formats;
        this.routing = routing;
        this.rows = rows;
    }

    /** Tables as they are: what there is, and which of them the pipeline goes on without. */
    public record Tables(Lake lake, Predicate<TableName> detached) {}

    /** @param loader finds the formats of the plan's sources */
    public static Preview open(PipelinePlan plan, Tables tables, ReferenceResolver references, ClassLoader loader) {
        Map<String, FormatReader> formats = new HashMap<>();
        for (SourcePlan source : plan.sources()) {
            formats.put(
                    source.name(),
                    PlannedFormats.of(plan.pipeline(), source, loader).open(references));
        }
        SeenTables seen = new SeenTables(TableCatalog.of(tables.lake()));
        // As a run begins: with the tables that the plan wants.
        plan.tables().stream()
                .filter(table -> !tables.detached().test(table.name()))
                .filter(table -> table.schema().isPresent())
                .map(TablePlan::spec)
                .forEach(seen::create);
        SchemaEvolution evolution = new PolicyEvolution(PlannedPolicies.in(plan));
        Rows rows = new Rows(
                formats,
                seen,
                tables,
                evolution,
                RuledFormats.withoutAJobInOrder(PlannedRules.in(plan), references),
                PlannedKeys.in(plan),
                PlannedUnique.in(plan));
        return new Preview(formats, RecordRouting.of(Routes.of(plan), seen, tables.detached(), rows), rows);
    }

    public void take(RawRecord record) {
        routing.take(record);
    }

    /** What has become of the records so far. */
    public Previewed seen() {
        return rows.previewed();
    }

    @Override
    public void close() {
        formats.values().forEach(FormatReader::close);
    }

    /** Where copies become rows. */
    private static final class Rows implements RecordRouting.Destination {

        private final Map<String, FormatReader> formats;
        private final SeenTables seen;
        private final Tables tables;
        private final SchemaEvolution evolution;
        private final RuledFormats ruled;
        private final RowKeys keys;
        private final UniqueTables unique;
        private final Map<Split, FormatReader> formatsOfSplits = new HashMap<>();
        private final SortedMap<TableName, ForeseenTable> made = new TreeMap<>();
        private final List<QuarantinedRecord> rejected = new ArrayList<>();
        private final SortedMap<TableName, SortedMap<String, Long>> leftOut = new TreeMap<>();
        private long tombstones;

        private Rows(
                Map<String, FormatReader> formats,
                SeenTables seen,
                Tables tables,
                SchemaEvolution evolution,
                RuledFormats ruled,
                RowKeys keys,
                UniqueTables unique) {
            this.formats = formats;
            this.seen = seen;
            this.tables = tables;
            this.evolution = evolution;
            this.ruled = ruled;
            this.keys = keys;
            this.unique = unique;
        }

        @Override
        public FormatReader format(Split split) {
            return formatsOfSplits.computeIfAbsent(split, opened -> {
                FormatReader format = formats.get(opened.source());
                if (format == null) {
                    throw new IllegalStateException("our bug: no format for the source " + opened.source());
                }
                return format.stream(opened.stream());
            });
        }

        @Override
        public void count(Split split, Outcome outcome, String reason, long records) {
            if (outcome == Outcome.NON_DATA) {
                tombstones += records;
            }
        }

        @Override
        public void quarantine(List<QuarantinedRecord> refused) {
            rejected.addAll(refused);
        }

        @Override
        public void copy(TableName table, FormatReader format, int schemaId, RawRecord record) {
            try {
                requireAttached(table);
                FormatReader ofTable = ruled.of(table, format, record.split().stream());
                made.computeIfAbsent(table, this::foreseen)
                        .add(ofTable, schemaId, record)
                        .ifPresent(why -> leftOut.computeIfAbsent(table, first -> new TreeMap<>())
                                .merge(why.rule().orElse(""), 1L, Long::sum));
            } catch (Rejected refused) {
                rejected.add(QuarantinedRecord.of(record, Optional.of(table.full()), refused));
            }
        }

        @Override
        public void delete(TableName table, FormatReader reader, RawRecord record) {
            try {
                requireAttached(table);
                made.computeIfAbsent(table, this::foreseen)
                        .delete(table, ruled.keys(table, reader), keys.of(table), record);
            } catch (Rejected refused) {
                rejected.add(QuarantinedRecord.of(record, Optional.of(table.full()), refused));
            }
        }

        private void requireAttached(TableName table) throws Rejected {
            if (tables.detached().test(table)) {
                throw new Rejected(RejectCode.TABLE_DETACHED, "table `" + table + "` is detached");
            }
        }

        private ForeseenTable foreseen(TableName table) {
            TableSchema now = seen.schema(table)
                    .orElseThrow(() -> new IllegalStateException("our bug: no table " + table + " was planned"));
            return new ForeseenTable(
                    now,
                    (format, schemaId, stream) -> foresee(table, format.lineages(schemaId, stream)),
                    new AsMaps(),
                    row -> ((Values) row).inOrder());
        }

        private @Nullable Foreseen foresee(TableName table, List<SchemaLineage> lineages) {
            if (lineages.isEmpty()) {
                return null;
            }
            Optional<TableSpec> made = seen.yetToBeMade(table);
            return made.isPresent()
                    ? tables.lake().foresee(made.get(), lineages, evolution)
                    : tables.lake().foresee(table, lineages, evolution).orElse(null);
        }

        private Previewed previewed() {
            SortedMap<TableName, Previewed.Rows> rows = new TreeMap<>();
            made.forEach((table, of) -> {
                Previewed.Rows all = of.rows();
                Previewed.Rows some = unique.of(table).map(all::once).orElseGet(() -> all.newest(keys.of(table)));
                if (!some.rows().isEmpty() || some.deletes() > 0) {
                    rows.put(table, some);
                }
            });
            return new Previewed(rows, rejected, leftOut, tombstones);
        }
    }

    /** A struct whose values are told by name, and a row by its columns' order. */
    private static final class Values extends LinkedHashMap<String, @Nullable Object> {

        private static final long serialVersionUID = 1L;

        private List<@Nullable Object> inOrder() {
            return new ArrayList<>(values());
        }
    }

    /** Makes them. */
    private static final class AsMaps implements StructFactory {
        @Override
        public Maker maker(ColumnType.Struct type) {
            List<String> names = type.columns().stream().map(Column::name).toList();
            return values -> {
                Values struct = new Values();
                List<@Nullable Object> given = Arrays.asList(values);
                for (int place = 0; place < names.size(); place++) {
                    struct.put(names.get(place), given.get(place));
                }
                return struct;
            };
        }

        @Override
        public @Nullable Object field(Object struct, int index) {
            return ((Values) struct).inOrder().get(index);
        }
    }
}
