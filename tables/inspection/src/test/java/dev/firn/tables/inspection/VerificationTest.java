package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableCheck.Finding;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {

    private static final int SNAPSHOTS = 50;

    /** Printed with a failure, so that it can be had again. */
    private final long seed = System.nanoTime();

    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private Shop shop;
    private Table table;

    @BeforeEach
    void makeATable() {
        shop = new Shop(folder);
        table = shop.orders(Map.of());
        Shop.commit(table, 0, 10);
        Shop.commit(table, 1, 20);
        Shop.commit(table, 2, 30);
    }

    @Test
    void aWholeTableIsWhole() {
        TableCheck check = check(Depth.FOOTERS);

        assertThat(check.findings()).isEmpty();
        assertThat(check.looked()).isEqualTo(new TableCheck.Looked(3, 3, 3, 3, 3, 0));
    }

    @Test
    void aDataFileThatIsGoneHurtsTheSnapshotsFromTheOneThatBroughtItOn() throws IOException {
        Files.delete(dataFile(1));

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("missing-data-file");
        assertThat(finding.path()).isEqualTo(dataFile(1).toString());
        assertThat(finding.problem()).isEqualTo("it is not there");
        assertThat(finding.meaning()).isEqualTo("the 20 rows in it can't be read, and so no query that needs them");
        assertThat(finding.snapshots()).isEqualTo(ids().subList(1, 3));
        assertThat(finding.isNow()).isTrue();
    }

    @Test
    void aDataFileThatOnlyOlderSnapshotsNeedDoesNotHurtTheCurrentOne() throws IOException {
        Path gone = dataFile(1);
        table.newDelete().deleteFile(gone.toString()).commit();
        Files.delete(gone);

        Finding finding = only(Depth.FILES);

        assertThat(finding.snapshots()).isEqualTo(ids().subList(1, 3));
        assertThat(finding.isNow()).isFalse();
    }

    @Test
    void aDataFileThatHasLostItsEndIsFoundByItsLength() throws IOException {
        long length = Files.size(dataFile(2));
        cut(dataFile(2), random.nextInt((int) length));

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).as("seed %d", seed).isEqualTo("truncated-data-file");
        assertThat(finding.snapshots()).isEqualTo(ids().subList(2, 3));
    }

    @Test
    void aFooterThatIsNoneIsFoundWhereFootersAreRead() throws IOException {
        byte[] bytes = Files.readAllBytes(dataFile(0));
        Arrays.fill(bytes, bytes.length - 8, bytes.length, (byte) 0);
        write(dataFile(0), bytes);

        assertThat(check(Depth.FILES).findings()).isEmpty();
        assertThat(only(Depth.FOOTERS).kind()).isEqualTo("unreadable-data-file");
    }

    @Test
    void rowsThatAreOthersThanTheManifestSaysAreFoundWhereFootersAreRead() {
        DataFile real = Shop.write(table, 3, 7);
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec())
                        .copy(real)
                        .withRecordCount(8)
                        .build())
                .commit();

        assertThat(check(Depth.FILES).findings()).isEmpty();
        Finding finding = only(Depth.FOOTERS);
        assertThat(finding.kind()).isEqualTo("wrong-row-count");
        assertThat(finding.problem()).isEqualTo("it has 7 rows, and its manifest says 8");
    }

    @Test
    void aManifestThatIsCutAnywhereHurtsAllThatHaveIt() throws IOException {
        for (int i = 3; i < SNAPSHOTS; i++) {
            Shop.commit(table, i, 1);
        }
        int victim = random.nextInt(SNAPSHOTS);
        ManifestFile manifest = manifestOf(snapshots().get(victim));
        cut(Path.of(manifest.path()), random.nextInt((int) manifest.length()));

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).as("seed %d", seed).isEqualTo("truncated-manifest");
        assertThat(finding.path()).isEqualTo(manifest.path());
        assertThat(finding.snapshots()).isEqualTo(ids().subList(victim, SNAPSHOTS));
        assertThat(finding.isNow()).isTrue();
    }

    @Test
    void aManifestThatIsGoneHurtsAllThatHaveIt() throws IOException {
        ManifestFile manifest = manifestOf(snapshots().get(0));
        Files.delete(Path.of(manifest.path()));

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("missing-manifest");
        assertThat(finding.snapshots()).isEqualTo(ids());
    }

    @Test
    void aManifestListThatIsCutAtAnyByteIsFound() throws IOException {
        Path list = Path.of(snapshots().get(1).manifestListLocation());
        byte[] whole = Files.readAllBytes(list);
        for (int length = 0; length < whole.length; length += 1 + random.nextInt(200)) {
            cut(list, length);

            List<Finding> findings = check(Depth.FILES).findings();

            assertThat(findings)
                    .as("seed %d, length %d of %d", seed, length, whole.length)
                    .hasSize(1);
            assertThat(findings.get(0).path()).isEqualTo(list.toString());
            assertThat(findings.get(0).snapshots()).isEqualTo(ids().subList(1, 2));
            assertThat(findings.get(0).isNow()).isFalse();
            write(list, whole);
        }
    }

    @Test
    void aManifestListWhoseHeadAloneIsLeftCanBeReadAndIsFoundByItsCounts() throws IOException {
        Path list = Path.of(snapshots().get(2).manifestListLocation());
        byte[] whole = Files.readAllBytes(list);
        // Behind the head comes Avro's mark of 16 bytes, which also ends each block.
        byte[] mark = Arrays.copyOfRange(whole, whole.length - 16, whole.length);
        int head = indexOf(whole, mark) + 16;
        assertThat(head).isLessThan(whole.length);
        cut(list, head);

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("wrong-file-count");
        assertThat(finding.problem()).isEqualTo("its manifests have 0 data files, and the snapshot says 3");
        assertThat(finding.isNow()).isTrue();
    }

    @Test
    void aStorageThatFailsIsNotTheTablesFault() throws IOException {
        Path list = Path.of(snapshots().get(1).manifestListLocation());
        Files.delete(list);
        Files.createDirectory(list);

        assertThatThrownBy(() -> check(Depth.FILES))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the `hadoop` catalog (warehouse `" + folder
                        + "`) failed to look table `shop.orders` through: " + list + " (Is a directory)");
    }

    @Test
    void aFileThatItsStorageKnowsToBeAnotherIsDamaged() throws IOException {
        Path list = Path.of(snapshots().get(1).manifestListLocation());
        byte[] bytes = Files.readAllBytes(list);
        bytes[bytes.length / 2] ^= 1;
        // The sum beside it stays.
        Files.write(list, bytes);

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("unreadable-manifest-list");
        assertThat(finding.problem()).startsWith("it can't be read: ");
    }

    @Test
    void aDataFileThatASnapshotHasTwiceIsFound() {
        DataFile file = Shop.write(table, 3, 7);
        table.newFastAppend().appendFile(file).commit();
        table.newFastAppend().appendFile(Shop.write(table, 4, 1)).commit();
        table.newFastAppend().appendFile(file).commit();

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("doubled-data-file");
        assertThat(finding.path()).isEqualTo(file.path().toString());
        assertThat(finding.meaning()).isEqualTo("each query reads the 7 rows in it twice");
        assertThat(finding.snapshots()).isEqualTo(ids().subList(5, 6));
        assertThat(finding.isNow()).isTrue();
    }

    @Test
    void aDataFileThatMovesFromOneManifestToAnotherIsThereOnce() {
        table.rewriteManifests().clusterBy(file -> "").commit();
        Shop.commit(table, 3, 1);
        table.rewriteManifests().clusterBy(file -> "").commit();

        assertThat(check(Depth.FILES).findings()).isEmpty();
    }

    @Test
    void aTotalThatIsWrongIsFoundWhereItIsNotInherited() {
        String wrong = "\"operation\": \"append\", \"total-data-files\": \"4\", \"total-delete-files\": \"0\"";
        Shop.pretendSnapshots(table, 1, Instant.now(), wrong);
        assertThat(only(Depth.FILES).problem()).isEqualTo("its manifests have 3 data files, and the snapshot says 4");
    }

    @Test
    void aTotalThatIsWrongForEverIsNoFinding() {
        String wrong = "\"operation\": \"append\", \"total-data-files\": \"4\", \"total-delete-files\": \"0\"";
        Shop.pretendSnapshots(table, 3, Instant.now(), wrong);

        assertThat(check(Depth.FILES).findings()).isEmpty();
    }

    @Test
    void snapshotsThatDontSayHowManyFilesTheyHaveAreNamed() {
        Shop.pretendSnapshots(table, 2, Instant.now());

        TableCheck check = check(Depth.FILES);

        assertThat(check.findings()).isEmpty();
        assertThat(check.looked()).isEqualTo(new TableCheck.Looked(5, 5, 3, 3, 0, 2));
    }

    @Test
    void aFileThatHasGrownIsAnother() throws IOException {
        write(dataFile(0), Arrays.copyOf(Files.readAllBytes(dataFile(0)), (int) Files.size(dataFile(0)) + 1));
        Path manifest = Path.of(manifestOf(snapshots().get(2)).path());
        write(manifest, Arrays.copyOf(Files.readAllBytes(manifest), (int) Files.size(manifest) + 1));

        assertThat(check(Depth.FILES).findings())
                .extracting(Finding::kind, finding -> finding.snapshots().size())
                .containsExactly(tuple("changed-data-file", 3), tuple("changed-manifest", 1));
    }

    @Test
    void aDeleteFileThatIsGoneHurtsItsPartition() {
        Shop.pretendDeletes(table, 0, 1, 7);

        Finding finding = only(Depth.FILES);

        assertThat(finding.kind()).isEqualTo("missing-delete-file");
        assertThat(finding.meaning())
                .isEqualTo("no query can be answered that needs data files of its partition: which of their rows are"
                        + " deleted is not known (7 entries)");
        assertThat(finding.snapshots()).isEqualTo(ids().subList(3, 4));
    }

    @Test
    void aManifestWithAnotherNumberOfFilesThanItsListSaysIsFound() throws IOException {
        Path list = Path.of(snapshots().get(2).manifestListLocation());
        List<GenericRecord> manifests = new ArrayList<>();
        Schema schema;
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(list.toFile(), new GenericDatumReader<>())) {
            schema = reader.getSchema();
            reader.forEach(manifests::add);
        }
        manifests.get(0).put("added_files_count", 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, bytes);
            for (GenericRecord manifest : manifests) {
                writer.append(manifest);
            }
        }
        write(list, bytes.toByteArray());

        Finding finding = only(Depth.FILES);

        // Which list is told first of a manifest that several have is not known: only this one has the newest.
        assertThat(finding.kind()).isEqualTo("wrong-file-count");
        assertThat(finding.problem()).isEqualTo("it has 1 files, and the manifest list says 2");
        assertThat(finding.path()).isEqualTo(manifestOf(snapshots().get(2)).path());
    }

    @Test
    void rowsOfAvroFilesAreCountedByTheirBlocks() throws IOException {
        DataFile real = Shop.writeAvro(table, 3, 5_000);
        table.newAppend().appendFile(real).commit();
        assertThat(check(Depth.FOOTERS).findings()).isEmpty();
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec())
                        .copy(Shop.writeAvro(table, 3, 5_000))
                        .withRecordCount(4_999)
                        .build())
                .commit();

        assertThat(only(Depth.FOOTERS).problem()).isEqualTo("it has 5,000 rows, and its manifest says 4,999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest list 1 of 5", "manifest 1 of "})
    void whatExpiresWhileItIsLookedThroughIsNotMissed(String moment) throws IOException {
        Path gone = dataFile(1);
        table.newDelete().deleteFile(gone.toString()).commit();
        Shop.commit(table, 3, 1);
        Path missing = dataFile(2);
        Files.delete(missing);
        AtomicBoolean expired = new AtomicBoolean();

        TableCheck check = check(Depth.FILES, words -> {
            if (words.contains(moment) && expired.compareAndSet(false, true)) {
                table.expireSnapshots()
                        .expireOlderThan(Long.MAX_VALUE)
                        .retainLast(1)
                        .commit();
            }
        });

        assertThat(Files.exists(gone)).isFalse();
        assertThat(check.findings())
                .extracting(Finding::kind, Finding::path, Finding::isNow)
                .containsExactly(tuple("missing-data-file", missing.toString(), true));
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return in.length;
    }

    private Path dataFile(int day) {
        List<Path> found = new ArrayList<>();
        LiveFiles live = LiveFiles.of(table);
        snapshots()
                .forEach(snapshot -> live.each(snapshot, file -> {
                    if (live.partition(file).endsWith("-0" + (3 + day)) && found.isEmpty()) {
                        found.add(Path.of(file.path().toString()));
                    }
                }));
        return found.get(0);
    }

    /** The one that it brought. */
    private ManifestFile manifestOf(Snapshot snapshot) {
        return snapshot.allManifests(table.io()).stream()
                .filter(manifest -> manifest.snapshotId() == snapshot.snapshotId())
                .findFirst()
                .orElseThrow();
    }

    private List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        table.snapshots().forEach(snapshots::add);
        return snapshots;
    }

    private List<Long> ids() {
        return snapshots().stream().map(Snapshot::snapshotId).toList();
    }

    /** Hadoop keeps sums of its files beside them, which would complain before anybody else does. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.write(file, bytes);
    }

    private static void cut(Path file, int length) throws IOException {
        write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    private Finding only(Depth depth) {
        List<Finding> findings = check(depth).findings();
        assertThat(findings).as("seed %d", seed).hasSize(1);
        return findings.get(0);
    }

    private TableCheck check(Depth depth) {
        return check(depth, words -> {});
    }

    private TableCheck check(Depth depth, Consumer<String> progress) {
        try (InspectedCatalog opened = shop.open()) {
            return opened.check(new TableName("shop.orders"), depth, progress);
        }
    }
}
