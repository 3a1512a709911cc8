package dev.firn.quality.validation;

import dev.firn.definition.bind.Spans;
import dev.firn.definition.table.Otherwise;
import dev.firn.quality.expression.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.EventClock;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's reader for one table whose rows may come too late: behind what is expected of them, so that no row that is none says how far
 * time is. Behind what is hidden, too, for the column itself never is, and so a message can say how late a row is. Its decoders are to be asked for each record once, in the order of its split.
 *
 * <pre>
 *   record -> where, set, drop, rename, expect, mask -> values -> event-time -> row, tagged where it is late
 *                                                                    |
 *                                                                    +--> rejected, left out, or the end of the job
 * </pre>
 */
final class LateReader implements FormatReader {

    private final FormatReader records;
    private final String stream;
    private final RowEventTime said;
    private final EventClock clock;

    /** @param records as the table wants them, which stays open when this one is closed */
    LateReader(FormatReader records, String stream, RowEventTime said, EventClock clock) {
        this.records = records;
        this.stream = stream;
        this.said = said;
        this.clock = clock;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return records.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        Optional<Column> column = table.column(said.column());
        if (column.isEmpty()) {
            throw without("the table has no column `" + said.column() + "`");
        }
        Judge judge = judge(table, table);
        return judged(
                records.decoder(schemaId, table, structs.leaving(table.asStruct())),
                judge,
                structs.maker(table.asStruct()));
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        if (requireTimes(schemaId, view) == Origins.Origin.NOT_IN_TABLE) {
            return records.decoder(schemaId, view, structs);
        }
        Judge judge = judge(view.table(), view.columns());
        return judged(
                records.decoder(schemaId, view, structs.leaving(view.columns().asStruct())),
                judge,
                structs.maker(view.columns().asStruct()));
    }

    /**
     * A version without the column has rows without a time, none of which is late. Null is right for one that is older than the column;
     * where a producer has dropped it, or calls it otherwise, nothing would be late from then on, and nobody would hear of it.
     */
    private Origins.Origin requireTimes(int schemaId, WriterView view) throws Rejected {
        Origins origins = new Origins(view);
        ColumnPath path = new ColumnPath(List.of(said.column()));
        Origins.Origin origin = origins.of(path);
        if (origin == Origins.Origin.FILLED) {
            return origin;
        }
        if (origin == Origins.Origin.NOT_IN_TABLE && origins.isWritten(said.column())) {
            throw without("the table has no column `" + said.column()
                    + "`, though the record has: it has another name there, or was left out");
        }
        for (SchemaLineage lineage : records.lineages(schemaId, stream)) {
            if (!Origins.isYetToCome(path, origin, lineage)) {
                throw without("the record's schema does not have `" + said.column() + "`, and is no older than it");
            }
        }
        return origin;
    }

    private Judge judge(TableSchema table, TableSchema values) throws Rejected {
        int place = names(table).indexOf(said.column());
        EventTimes.Reading reading = EventTimes.reading(
                        table.columns().get(place).type())
                .orElseThrow(() -> without("`" + said.column() + "` of the table is of type "
                        + table.columns().get(place).type()));
        return new Judge(said, clock, reading, place, names(values).indexOf(RowRules.FAILED_RULES.name()));
    }

    private static List<String> names(TableSchema columns) {
        return columns.columns().stream().map(Column::name).toList();
    }

    private static Rejected without(String why) {
        return new Rejected(
                RejectCode.EXPRESSION_FAILED,
                "`event-time` can't be asked: " + why
                        + "; change the file, then put its records back with `firn replay`");
    }

    private static RowDecoder judged(RowDecoder decoder, Judge judge, StructFactory.Maker maker) {
        return record -> {
            Object decoded = decoder.decode(record);
            if (decoded instanceof LeftOut) {
                return decoded;
            }
            @Nullable Object[] values = (@Nullable Object[]) decoded;
            LeftOut leftOut = judge.leavesOut(values, record);
            return leftOut == null ? maker.struct(values) : leftOut;
        };
    }

    /** Of one schema. */
    private static final class Judge {

        private static final LeftOut LEFT_OUT = LeftOut.by(RowEventTime.LATE);

        private final RowEventTime said;
        private final EventClock clock;
        private final EventTimes.Reading reading;
        private final int place;
        private final int tag;
        private final long lateAfter;

        /**
         * @param place of the column
         * @param tag of the names of failed rules; -1 where the table has not taken it
         */
        private Judge(RowEventTime said, EventClock clock, EventTimes.Reading reading, int place, int tag) {
            this.said = said;
            this.clock = clock;
            this.reading = reading;
            this.place = place;
            this.tag = tag;
            this.lateAfter = EventTimes.micros(said.lateAfter());
        }

        /** What a late row is left out by; null where it is to be written. */
        @Nullable
        LeftOut leavesOut(@Nullable Object[] values, RawRecord record) throws Rejected {
            Object value = values[place];
            if (value == null) {
                return null;
            }
            long time = reading.micros(value);
            long newest = clock.next(record, time);
            if (newest == EventClock.NONE || !isLate(time, newest)) {
                return null;
            }
            return late(values, record, newest);
        }

        private boolean isLate(long time, long newest) {
            // Times may lie so far apart that their difference is no number.
            return time < newest && newest >= Long.MIN_VALUE + lateAfter && time < newest - lateAfter;
        }

        private @Nullable LeftOut late(@Nullable Object[] values, RawRecord record, long newest) throws Rejected {
            if (said.late() == Otherwise.DROP) {
                return LEFT_OUT;
            }
            if (said.late() == Otherwise.TAG && tag >= 0) {
                List<Object> failed = new ArrayList<>();
                if (values[tag] instanceof List<?> before) {
                    failed.addAll(before);
                }
                failed.add(RowEventTime.LATE);
                values[tag] = List.copyOf(failed);
                return null;
            }
            String message = "`" + said.column() + "` is " + values[place] + ", more than "
                    + Spans.text(said.lateAfter()) + " before the newest of its partition, "
                    + EventTimes.shown(newest);
            if (said.late() == Otherwise.FAIL) {
                throw new RowForbidden("a record is late, which ends the job: " + message + " ("
                        + record.split().id() + " @ " + record.position() + ")");
            }
            throw new Rejected(
                    RejectCode.LATE,
                    said.late() == Otherwise.TAG
                            ? message + "; it can't be tagged, for the table has no column `"
                                    + RowRules.FAILED_RULES.name() + "`"
                            : message);
        }
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return records.column(schemaId, column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return records.projection(schemaId, columns, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return records.projection(schemaId, some, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return records.written(schemaId);
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String from) throws Rejected {
        return records.lineages(schemaId, from);
    }

    @Override
    public void close() {
        // Nothing of its own is open.
    }
}
