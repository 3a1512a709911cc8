package dev.firn.flink.replay;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.PlannedFormats;
import dev.firn.flink.Routes;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.RecordRouting;
import dev.firn.flink.write.RuledFormats;
import dev.firn.flink.write.TableCatalog;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends quarantined records through the routes of the file as it is now, one at a time. */
final class Rerouting implements AutoCloseable {

    private static final String NOT_AFTERWARDS = "nothing is deleted after the fact";

    private final Map<String, FormatReader> formats;
    private final PipelineTables tables;
    private final RuledFormats ruled;
    private final RecordRouting routing;
    private final Copies copies = new Copies();

    private Rerouting(
            Map<String, FormatReader> formats,
            PipelinePlan plan,
            PipelineTables tables,
            Lake lake,
            ReferenceResolver references) {
        this.formats = formats;
        this.tables = tables;
        this.ruled = RuledFormats.withoutAJob(PlannedRules.in(plan), references);
        this.routing = RecordRouting.of(Routes.of(plan), TableCatalog.of(lake), tables::isDetached, copies);
    }

    static Rerouting open(
            PipelinePlan plan, Lake lake, PipelineTables tables, ReferenceResolver references, ClassLoader loader) {
        Map<String, FormatReader> formats = new HashMap<>();
        for (SourcePlan source : plan.sources()) {
            formats.put(
                    source.name(),
                    PlannedFormats.of(plan.pipeline(), source, loader).open(references));
        }
        return new Rerouting(formats, plan, tables, lake, references);
    }

    /** What is to be written for a row of the quarantine. */
    Rerouted of(QuarantinedRow row) {
        RawRecord record = row.record();
        if (!formats.containsKey(record.split().source())) {
            return refused(row, "the file has no source `" + record.split().source() + "` any more");
        }
        if (record.value() == null) {
            return refused(
                    row,
                    record.key() == null
                            ? "quarantine has neither its key nor its value: it had none, or they are not kept with `payload: none`;"
                                    + " `firn rewind` reads its topic again"
                            : "it has no value, and " + NOT_AFTERWARDS);
        }
        if (deletes(record)) {
            // Whatever the file says of its table's deletes by now.
            return refused(row, "it deletes a row, and " + NOT_AFTERWARDS);
        }
        copies.clear();
        routing.take(record);
        return new Rerouted(copies.made, copies.refused)
                .standingFor(row, tables::hasCopied)
                .without(tables::reason);
    }

    private boolean deletes(RawRecord record) {
        try {
            return copies.format(record.split()).isDelete(record);
        } catch (Rejected e) {
            // Which its way to the tables finds again.
            return false;
        }
    }

    private static Rerouted refused(QuarantinedRow row, String why) {
        return new Rerouted(List.of(), List.of(staying(row, why)));
    }

    /** A row that stays where it is, and why. */
    static QuarantinedRecord staying(QuarantinedRow row, String why) {
        return new QuarantinedRecord(row.record(), row.table(), RejectCode.UNROUTED, why);
    }

    @Override
    public void close() {
        formats.values().forEach(FormatReader::close);
    }

    /** Keeps what becomes of one record. */
    private final class Copies implements RecordRouting.Destination {

        private final List<Copy> made = new ArrayList<>();
        private final List<QuarantinedRecord> refused = new ArrayList<>();
        private final Map<Split, FormatReader> formatsOfSplits = new HashMap<>();

        private void clear() {
            made.clear();
            refused.clear();
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
            // How many copies a record would have says nothing of how many of them it lacks.
        }

        @Override
        public void quarantine(List<QuarantinedRecord> records) {
            refused.addAll(records);
        }

        @Override
        public void copy(TableName table, FormatReader format, int schemaId, RawRecord record) {
            FormatReader ofTable = ruled.of(table, format, record.split().stream());
            made.add(new Copy(table, ofTable, schemaId, record));
        }

        @Override
        public void delete(TableName table, FormatReader keys, RawRecord record) {
            // Nobody could say so when it was asked first.
            refused.add(new QuarantinedRecord(
                    record, Optional.of(table.full()), RejectCode.UNROUTED, "it deletes a row, and " + NOT_AFTERWARDS));
        }
    }
}
