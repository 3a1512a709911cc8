package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a keyed table that a pipeline writes and somebody looks after: rows that are replaced and deleted, epochs that wait in
 * the ledger, restarts, changes of columns and partitions, compaction, expiry and removal of orphans, with files that all look old, and
 * catalogs that answer nonsense. The table always says what was committed, no file that anybody needs is gone, and the pipeline goes on.
 */
class MaintenanceHistoriesTest {

    private static final int KEYS = 9;
    private static final int STEPS = 40;
    private static final List<String> COUNTRIES = List.of("de", "fr", "it");

    /** So few by the build, and others each time. */
    private static final int HISTORIES = Integer.getInteger("firn.maintenance.histories", 4);

    private static final long SEED = Long.getLong("firn.maintenance.seed", System.nanoTime() % 1_000_000_000);
    private static final Map<String, Long> SEEN = new TreeMap<>();

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + HISTORIES);
    }

    @AfterAll
    static void tell() throws IOException {
        StringBuilder text = new StringBuilder("| what | seen |\n|---|---|\n");
        text.append("| histories of ")
                .append(STEPS)
                .append(" steps, from seed | ")
                .append(HISTORIES)
                .append(", ")
                .append(SEED)
                .append(" |\n");
        SEEN.forEach((what, count) -> text.append(String.format("| %s | %,d |%n", what, count)));
        Files.writeString(Path.of("target", "maintenance-histories.md"), text);
    }

    private static void saw(String what, long count) {
        SEEN.merge(what, count, Long::sum);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyIsHurt(long seed) throws IOException {
        Random random = new Random(seed);
        String[][] partitionings = {{}, {"country"}, {"bucket(id, 3)"}, {"truncate(name, 2)"}};
        CatalogKind kind = random.nextBoolean()
                ? CatalogKind.HADOOP
                : CatalogKind.values()[random.nextInt(CatalogKind.values().length)];
        try (CustomersUnderMaintenance customers =
                new CustomersUnderMaintenance(kind, folder, partitionings[random.nextInt(partitionings.length)])) {
            for (int step = 0; step < STEPS; step++) {
                String what = step(customers, random);
                if (!what.isEmpty()) {
                    customers.check("seed " + seed + ", step " + step + ", " + what);
                }
            }
            customers.stage();
            customers.commit();
            customers.check("seed " + seed + ", at the end");
            assertThat(KeyedTable.names(customers.test)).isEqualTo(customers.written);
            saw("rows at the end, each as it was written last", customers.written.size());
        }
    }

    /** What has happened to files, if anything has. */
    private static String step(CustomersUnderMaintenance customers, Random random) throws IOException {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> {
                write(customers, random);
                return "";
            }
            case 3 -> {
                customers.stage();
                return "";
            }
            case 4, 5 -> {
                customers.stage();
                customers.commit();
                return "committed";
            }
            case 6 -> {
                customers.restart();
                return "restarted";
            }
            case 12 -> {
                customers.deleteByOthers(random.nextInt(100));
                return "deleted by others";
            }
            case 7 -> {
                evolve(customers, random);
                return "";
            }
            default -> {
                return maintain(customers, random);
            }
        }
    }

    private static void write(CustomersUnderMaintenance customers, Random random) {
        int records = random.nextInt(12);
        for (int record = 0; record < records; record++) {
            int id = random.nextInt(KEYS);
            if (random.nextInt(4) == 0) {
                customers.delete(id);
            } else {
                customers.write(id, "v" + random.nextInt(1_000_000), COUNTRIES.get(random.nextInt(COUNTRIES.size())));
            }
        }
    }

    private static void evolve(CustomersUnderMaintenance customers, Random random) {
        if (random.nextBoolean()) {
            customers
                    .table()
                    .updateSchema()
                    .addColumn("c" + random.nextInt(1_000_000), Types.LongType.get())
                    .commit();
        } else {
            customers
                    .table()
                    .updateSpec()
                    .addField("b" + random.nextInt(1_000_000), Expressions.bucket("id", 2 + random.nextInt(1_000_000)))
                    .commit();
        }
    }

    private static String maintain(CustomersUnderMaintenance customers, Random random) {
        MaintenanceRequest request;
        String what;
        switch (random.nextInt(3)) {
            case 0 -> {
                request = CustomersUnderMaintenance.compact(
                        List.of(2, 5).get(random.nextInt(2)), List.of(1, 3, 10).get(random.nextInt(3)));
                what = "compacted";
            }
            case 1 -> {
                request = CustomersUnderMaintenance.expire(1 + random.nextInt(3));
                what = "expired";
            }
            default -> {
                customers.addOrphan();
                customers.age();
                request = CustomersUnderMaintenance.orphans();
                what = "orphans removed";
            }
        }
        FaultyCommits faults = faults(random);
        saw("commits of maintenance that met a fault", faults.left());
        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            TableUpkeep upkeep = maintenance.maintain(KeyedTable.NAME, request, progress -> {});
            upkeep.compacted().ifPresent(done -> {
                saw("data files that were rewritten", done.files());
                saw(
                        "delete files that went",
                        Math.max(0, done.before().deleteFiles() - done.after().deleteFiles()));
                saw("groups of files in conflict at the end", done.conflicts());
            });
            upkeep.expired().ifPresent(done -> {
                saw("snapshots that expired", done.snapshots());
                saw("files that only those needed", done.files());
            });
            upkeep.orphans().ifPresent(done -> saw("orphan files that went", done.files()));
            assertThat(upkeep.refused()).isEmpty();
            return what;
        } catch (OutsideException gaveUp) {
            return what + " in part, " + gaveUp.getMessage();
        }
    }

    /** Some commits go wrong, or land with a wrong answer; each of them may be the lock's. */
    private static FaultyCommits faults(Random random) {
        FaultyCommits.Fault[] faults = new FaultyCommits.Fault[random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0];
        for (int at = 0; at < faults.length; at++) {
            RuntimeException answer = random.nextBoolean()
                    ? new CommitFailedException("409")
                    : new CommitStateUnknownException(new IllegalStateException("504"));
            faults[at] = switch (random.nextInt(3)) {
                case 0 -> FaultyCommits.landedThen(answer);
                case 1 -> FaultyCommits.neverSent(answer);
                default -> Runnable::run;
            };
        }
        return new FaultyCommits(faults);
    }
}
