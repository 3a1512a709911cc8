package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Reads a ledger's rows as Iceberg hands them out, of either version. */
final class LedgerRecords {

    /** As {@link dev.firn.spi.ledger.Epoch} has them. */
    private static final Comparator<OutcomeCount> OUTCOMES = Comparator.comparing(OutcomeCount::split)
            .thenComparing(OutcomeCount::outcome)
            .thenComparing(OutcomeCount::table)
            .thenComparing(OutcomeCount::reason);

    private LedgerRecords() {}

    static LedgerRow read(Record row) {
        boolean old = row.getField("read_blocks") == null;
        long epoch = number(row, "epoch");
        Object first = row.getField("first_epoch");
        Object rewoundTo = row.getField("rewound_to");
        LedgerRow.Head head = new LedgerRow.Head(
                first == null ? epoch : (Long) first,
                epoch,
                number(row, "run"),
                text(row, "plan_hash"),
                number(row, "checkpoint"),
                ((OffsetDateTime) value(row, "written_at")).toInstant(),
                number(row, "settled_through"),
                rewoundTo == null ? OptionalLong.empty() : OptionalLong.of((Long) rewoundTo));
        return new LedgerRow(
                head,
                old ? oldBase(row) : base(row),
                old ? oldMoved(row) : moved(row),
                outcomes(row, old),
                staged(row),
                schemas(row));
    }

    /** What a row, of which no more was read, says of schemas. */
    static LedgerSchemas schemas(Record row) {
        List<UsedSchema> used = new ArrayList<>();
        List<PlannedSchema> planned = new ArrayList<>();
        if (row.getField("used_schemas") != null) {
            each(
                    row,
                    "used_schemas",
                    line -> used.add(new UsedSchema(
                            text(line, "origin"), (Integer) value(line, "id"), text(line, "definition"))));
        }
        if (row.getField("planned_schemas") != null) {
            each(
                    row,
                    "planned_schemas",
                    line -> planned.add(new PlannedSchema(
                            text(line, "origin"),
                            text(line, "source"),
                            text(line, "stream"),
                            number(line, "run"),
                            text(line, "value_definition"),
                            text(line, "key_definition"))));
        }
        return used.isEmpty() && planned.isEmpty() ? LedgerSchemas.NONE : new LedgerSchemas(used, planned);
    }

    /** What a row, of which no more was read, has staged for all tables. */
    static List<StagedFiles> staged(Record row) {
        List<StagedFiles> staged = new ArrayList<>();
        each(row, "staged", line -> staged.add(files(line)));
        return staged;
    }

    /** What a row, of which no more was read, has staged for one table. */
    static StagedEpoch staged(Record row, TableName table) {
        List<StagedFiles> files = new ArrayList<>();
        each(row, "staged", line -> {
            if (text(line, "table_name").equals(table.full())) {
                files.add(files(line));
            }
        });
        return new StagedEpoch(number(row, "run"), number(row, "epoch"), text(row, "plan_hash"), files);
    }

    private static Optional<Standing> base(Record row) {
        if (row.getField("position_blocks") == null) {
            return Optional.empty();
        }
        Map<Split, Long> positions = new HashMap<>();
        Map<Split, LastRecord> lastRecords = new HashMap<>();
        each(row, "position_blocks", block -> {
            List<Long> numbers = numbers(block, "position");
            for (int i = 0; i < numbers.size(); i++) {
                Split split = PartitionBlocks.neighbour(first(block), i);
                positions.put(split, numbers.get(i));
                LastRecord last = LedgerRow.Tail.before(numbers.get(i), tail(block, i));
                if (last != null) {
                    lastRecords.put(split, last);
                }
            }
        });
        return Optional.of(new Standing(positions, lastRecords));
    }

    private static List<LedgerRow.Moved> moved(Record row) {
        List<LedgerRow.Moved> moved = new ArrayList<>();
        each(row, "read_blocks", block -> {
            @Nullable
            List<Long> from = block.getField("from_position") == null ? null : numbers(block, "from_position");
            List<Long> read = numbers(block, "read");
            List<Long> skipped = numbers(block, "skipped");
            for (int i = 0; i < read.size(); i++) {
                moved.add(new LedgerRow.Moved(
                        PartitionBlocks.neighbour(first(block), i),
                        from == null ? OptionalLong.empty() : OptionalLong.of(from.get(i)),
                        read.get(i),
                        skipped.get(i),
                        tail(block, i)));
            }
        });
        moved.sort(Comparator.comparing(LedgerRow.Moved::split));
        return moved;
    }

    private static LedgerRow.@Nullable Tail tail(Record block, int index) {
        return block.getField("term") == null
                ? null
                : new LedgerRow.Tail(
                        numbers(block, "behind_last").get(index),
                        Math.toIntExact(numbers(block, "term").get(index)));
    }

    private static List<OutcomeCount> outcomes(Record row, boolean old) {
        List<OutcomeCount> counts = new ArrayList<>();
        if (old) {
            each(row, "outcomes", line -> counts.add(outcome(line, oldSplit(line), number(line, "records"))));
            return counts;
        }
        each(row, "outcome_blocks", block -> {
            List<Long> records = numbers(block, "records");
            for (int i = 0; i < records.size(); i++) {
                counts.add(outcome(block, PartitionBlocks.neighbour(first(block), i), records.get(i)));
            }
        });
        counts.sort(OUTCOMES);
        return counts;
    }

    private static OutcomeCount outcome(Record words, Split split, long records) {
        String name = text(words, "outcome");
        Outcome outcome = Outcome.of(name)
                .orElseThrow(() -> new OutsideException("the ledger counts records as `" + name
                        + "`, which this Firn does not know: a newer one has written it"));
        return new OutcomeCount(split, outcome, text(words, "table_name"), text(words, "reason"), records);
    }

    private static StagedFiles files(Record line) {
        ByteBuffer pointer = ((ByteBuffer) value(line, "pointer")).duplicate();
        byte[] bytes = new byte[pointer.remaining()];
        pointer.get(bytes);
        return new StagedFiles(
                new TableName(text(line, "table_name")),
                text(line, "incarnation"),
                bytes,
                (Integer) value(line, "files"),
                number(line, "records"),
                number(line, "bytes"));
    }

    private static Split first(Record block) {
        return new Split(
                text(block, "source"),
                text(block, "stream"),
                (Integer) value(block, "first_partition"),
                text(block, "incarnation"));
    }

    private static Optional<Standing> oldBase(Record row) {
        Map<Split, Long> positions = new HashMap<>();
        each(row, "positions", line -> positions.put(oldSplit(line), number(line, "position")));
        return Optional.of(new Standing(positions, Map.of()));
    }

    private static List<LedgerRow.Moved> oldMoved(Record row) {
        List<LedgerRow.Moved> moved = new ArrayList<>();
        each(row, "progress", line -> {
            long from = number(line, "from_position");
            long read = number(line, "read");
            moved.add(new LedgerRow.Moved(
                    oldSplit(line), OptionalLong.of(from), read, number(line, "to_position") - from - read, null));
        });
        return moved;
    }

    private static Split oldSplit(Record line) {
        return new Split(
                text(line, "source"),
                text(line, "stream"),
                (Integer) value(line, "partition"),
                text(line, "incarnation"));
    }

    private static void each(Record row, String column, Consumer<Record> read) {
        for (Object line : (List<?>) value(row, column)) {
            read.accept((Record) line);
        }
    }

    @SuppressWarnings("unchecked") // Iceberg reads the list as it is declared.
    private static List<Long> numbers(Record row, String column) {
        return (List<Long>) value(row, column);
    }

    static long number(Record row, String column) {
        return (Long) value(row, column);
    }

    private static String text(Record row, String column) {
        return value(row, column).toString();
    }

    private static Object value(Record row, String column) {
        return Objects.requireNonNull(row.getField(column), column);
    }
}
