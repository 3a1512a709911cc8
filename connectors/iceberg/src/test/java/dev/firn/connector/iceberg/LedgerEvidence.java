package dev.firn.connector.iceberg;

import dev.firn.definition.reference.Text;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.GenericManifestFile;
import org.apache.iceberg.GenericPartitionFieldSummary;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;

/**
 * Measures what a ledger of 10,000 partitions and 500 tables costs: appends some hundred epochs, as a job with two writers
 * and a checkpoint every 30 s would, and prints bytes, calls and time as rows of a Markdown table.
 */
public final class LedgerEvidence {

    private static final int TABLES = 500;
    private static final int PARTITIONS_A_TABLE = 20;
    private static final int WRITERS = 2;
    private static final int EPOCHS_A_DAY = 2_880;

    /** As in a job: but that there ten epochs take five minutes, and here some seconds. */
    private static final LedgerUpkeep.Limits AT_THIRTY_SECONDS =
            new LedgerUpkeep.Limits(20, 50, 8L << 20, 10, 100, Duration.ZERO, Duration.ofDays(30));

    private final Random random = new Random(4711);
    private final Path folder;
    private final int moving;
    private final long[] positions = new long[TABLES * PARTITIONS_A_TABLE];
    private final String[] incarnations = new String[TABLES];
    private final String[] topics = new String[TABLES];

    private LedgerEvidence(Path folder, int moving) {
        this.folder = folder;
        this.moving = moving;
        for (int table = 0; table < TABLES; table++) {
            incarnations[table] = uuid();
            byte[] topic = new byte[16];
            random.nextBytes(topic);
            topics[table] = Base64.getUrlEncoder().withoutPadding().encodeToString(topic);
        }
        Arrays.setAll(positions, split -> random.nextInt(1_000_000_000));
    }

    /** @param arguments a folder for the ledgers, how many epochs */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path folder = Path.of(arguments[0]);
        int epochs = Integer.parseInt(arguments[1]);
        int splits = TABLES * PARTITIONS_A_TABLE;
        // Classes are loaded and compiled before the first figure counts.
        new LedgerEvidence(folder.resolve("warm"), splits / 100).run("", 20);
        new LedgerEvidence(folder.resolve("all"), splits).run("all partitions move", epochs);
        new LedgerEvidence(folder.resolve("few"), splits / 100).run("1 % move", epochs);
    }

    private void run(String what, int epochs) throws IOException {
        Files.createDirectories(folder);
        CatalogSettings settings = CatalogSettings.resolve(
                Map.of(
                        "catalog-impl", new Text(CountedCatalog.class.getName()),
                        "io-impl", new Text(CountedFiles.class.getName()),
                        "uri", new Text("jdbc:sqlite:" + folder.resolve("catalog.db")),
                        "warehouse", new Text(folder.resolve("warehouse").toString())),
                raw -> raw);
        LakeNames names =
                new LakeNames("shop", new TableName("shop.firn_ledger"), new TableName("shop.firn_quarantine"));
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, UnaryOperator.identity());
        try (IcebergLake lake =
                new IcebergLake(tables, names, Retries.DEFAULT, IcebergWriters.TABLES_FRESH_FOR, TestLake.LIMITS)) {
            lake.ledger();
            Ledger ledger = new IcebergLedger(tables, names, Retries.DEFAULT, AT_THIRTY_SECONDS);
            long run = ledger.claimRun();
            Map<String, Long> before = CountedFiles.written();
            long looks = CountedCatalog.LOOKS.get();
            long commits = CountedCatalog.COMMITS.get();
            long[] nanos = new long[epochs];
            Map<String, Long> middle = before;
            for (int number = 1; number <= epochs; number++) {
                Epoch epoch = epoch(number, run);
                long began = System.nanoTime();
                ledger.append(epoch, number - 1L);
                ledger.upkeep(epoch);
                nanos[number - 1] = System.nanoTime() - began;
                if (number == epochs / 2) {
                    middle = CountedFiles.written();
                }
            }
            Map<String, Long> after = CountedFiles.written();
            if (what.isEmpty()) {
                return;
            }
            Arrays.sort(nanos);
            long total = 0;
            for (Map.Entry<String, Long> kind : after.entrySet()) {
                long first = middle.getOrDefault(kind.getKey(), 0L) - before.getOrDefault(kind.getKey(), 0L);
                long second = kind.getValue() - middle.getOrDefault(kind.getKey(), 0L);
                total += second * 2 * EPOCHS_A_DAY / epochs;
                row(
                        what + ": " + kind.getKey(),
                        "%,d bytes an epoch in the first half, %,d in the second",
                        2 * first / epochs,
                        2 * second / epochs);
            }
            row(what + ": written in a day", "%,d MB", total >> 20);
            row(
                    what + ": left on disk after " + epochs + " epochs",
                    "%,d KB in %,d files",
                    size(folder.resolve("warehouse")) >> 10,
                    files(folder.resolve("warehouse")));
            row(
                    what + ": an append",
                    "median %d ms, 99 %% below %d ms, longest %d ms",
                    nanos[epochs / 2] / 1_000_000,
                    nanos[epochs * 99 / 100] / 1_000_000,
                    nanos[epochs - 1] / 1_000_000);
            row(
                    what + ": calls of the catalog an append",
                    "%.2f looks, %.2f commits",
                    (CountedCatalog.LOOKS.get() - looks) / (double) epochs,
                    (CountedCatalog.COMMITS.get() - commits) / (double) epochs);
        }
        if (!what.isEmpty()) {
            start(what, settings, names);
        }
    }

    private void start(String what, CatalogSettings settings, LakeNames names) {
        try (IcebergLake lake = new IcebergLake(
                new LakeTables(IcebergLake.catalog(settings), settings, UnaryOperator.identity()),
                names,
                Retries.DEFAULT,
                IcebergWriters.TABLES_FRESH_FOR,
                TestLake.LIMITS)) {
            CountedFiles.READS.clear();
            long began = System.nanoTime();
            LedgerState state = lake.ledger().read();
            long nanos = System.nanoTime() - began;
            if (state.positions().size() < moving) {
                throw new IllegalStateException(
                        "positions are missing: " + state.positions().size());
            }
            row(
                    what + ": the look at a start",
                    "%d ms, files opened: %s",
                    nanos / 1_000_000,
                    new TreeMap<>(CountedFiles.READS));
        }
    }

    private static void row(String what, String figure, Object... values) {
        System.out.println("| " + what + " | " + String.format(figure, values) + " |");
    }

    private Epoch epoch(long number, long run) {
        TreeSet<Integer> moved = new TreeSet<>();
        if (moving == positions.length) {
            for (int split = 0; split < moving; split++) {
                moved.add(split);
            }
        }
        while (moved.size() < moving) {
            moved.add(random.nextInt(positions.length));
        }
        List<SplitProgress> progress = new ArrayList<>();
        List<OutcomeCount> outcomes = new ArrayList<>();
        Map<Integer, Long> tables = new TreeMap<>();
        for (int at : moved) {
            int table = at / PARTITIONS_A_TABLE;
            Split split = new Split("kafka", topic(table), at % PARTITIONS_A_TABLE, topics[table]);
            long read = 1L + random.nextInt(300);
            long from = positions[at];
            // Every hundredth batch ends with a transaction marker.
            positions[at] += read + (random.nextInt(100) == 0 ? 1 : 0);
            // Leaders change seldom, and each partition's for itself.
            LastRecord last = new LastRecord(from + read, 1 + at % 7);
            progress.add(new SplitProgress(split, from, positions[at], read, last));
            boolean rejects = random.nextInt(100) == 0;
            outcomes.add(
                    new OutcomeCount(split, Outcome.ROUTED, "shop." + topic(table), "", rejects ? read - 1 : read));
            if (rejects) {
                outcomes.add(
                        new OutcomeCount(split, Outcome.QUARANTINED, "shop." + topic(table), "truncated-payload", 1));
            }
            tables.merge(table, read, Long::sum);
        }
        progress.sort(Comparator.comparing(SplitProgress::split));
        outcomes.sort(Comparator.comparing(OutcomeCount::split));
        List<StagedFiles> staged = new ArrayList<>();
        tables.forEach((table, records) -> {
            for (int writer = 0; writer < WRITERS; writer++) {
                staged.add(new StagedFiles(
                        new TableName("shop." + topic(table)),
                        incarnations[table],
                        pointer(table, run, writer),
                        1,
                        records / WRITERS,
                        4_000 + random.nextInt(4_000)));
            }
        });
        return new Epoch(number, run, "0123456789abcdef", number, progress, outcomes, staged);
    }

    private static String topic(int table) {
        return String.format("orders_%03d", table);
    }

    private byte[] pointer(int table, long run, int writer) {
        ByteBuffer day = ByteBuffer.allocate(4).putInt(0, 20_000);
        ManifestFile manifest = new GenericManifestFile(
                "s3://lake/warehouse/shop.db/" + topic(table) + "/metadata/firn-shop-" + run + "-" + writer + "-"
                        + uuid() + ".avro",
                6_000 + random.nextInt(1_000),
                0,
                ManifestContent.DATA,
                -1,
                -1,
                null,
                1,
                random.nextInt(3_000),
                0,
                0,
                0,
                0,
                List.of(new GenericPartitionFieldSummary(false, false, day, day)),
                null);
        return encoded(manifest);
    }

    private static byte[] encoded(ManifestFile manifest) {
        try {
            return StagedManifest.encode(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
