package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a table that a pipeline writes, and what is left. */
class MaintenanceTest {

    @TempDir
    Path folder;

    private CustomersUnderMaintenance customers;

    @BeforeEach
    void open() {
        customers = new CustomersUnderMaintenance(CatalogKind.HADOOP, folder);
    }

    @AfterEach
    void close() {
        customers.close();
    }

    /** Epochs of one row each, over three keys. */
    private void commit(int epochs) {
        for (int at = 0; at < epochs; at++) {
            customers.write(at % 3, "v" + at, "de");
            customers.stage();
            customers.commit();
        }
    }

    @Test
    void compactsAndResolvesDeletes() {
        commit(9);

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact());

        TableUpkeep.Compacted compacted = upkeep.compacted().orElseThrow();
        assertThat(compacted.before().dataFiles()).isEqualTo(9);
        assertThat(compacted.before().deleteFiles()).isEqualTo(9);
        assertThat(compacted.after().dataFiles()).isEqualTo(1);
        assertThat(compacted.after().deleteFiles()).isZero();
        assertThat(compacted.files()).isEqualTo(9);
        assertThat(upkeep.isWhole()).isTrue();
        assertThat(customers.deleteFiles()).isZero();
        assertThat(KeyedTable.rowsInFiles(customers.test)).isEqualTo(3);
        customers.check("compacted");
        assertThat(customers.table().properties()).doesNotContainKey("firn.maintenance.lock");
    }

    @Test
    void aSecondTimeThereIsNothingToDo() {
        commit(9);
        customers.maintain(CustomersUnderMaintenance.compact());
        long head = customers.table().currentSnapshot().snapshotId();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact());

        assertThat(upkeep.compacted().orElseThrow().groups()).isZero();
        assertThat(customers.table().currentSnapshot().snapshotId()).isEqualTo(head);
    }

    @Test
    void changesNothingOnTrial() {
        commit(9);
        customers.age();
        String metadata = ((org.apache.iceberg.BaseTable) customers.table())
                .operations()
                .current()
                .metadataFileLocation();
        MaintenanceRequest everything = new MaintenanceRequest(
                MaintenanceRequest.Mode.REHEARSE,
                Optional.of(CustomersUnderMaintenance.ALL),
                Optional.of(new MaintenanceRequest.Expiry(Duration.ofMillis(-1), 3)),
                Optional.of(Duration.ofDays(3)));

        TableUpkeep upkeep = customers.maintain(everything);

        assertThat(upkeep.compacted().orElseThrow().files()).isEqualTo(9);
        assertThat(upkeep.expired().orElseThrow().snapshots()).isEqualTo(6);
        assertThat(((org.apache.iceberg.BaseTable) customers.table())
                        .operations()
                        .current()
                        .metadataFileLocation())
                .isEqualTo(metadata);
        customers.check("tried");
    }

    /** What was deleted since the files were read must be deleted from what was written of them. */
    @Test
    void deletesThatComeMeanwhileConcernRowsThatWereMoved() {
        commit(9);
        FaultyCommits faults = new FaultyCommits(Runnable::run, send -> {
            customers.write(1, "newest", "de");
            customers.delete(2);
            customers.stage();
            customers.commit();
            throw new CommitStateUnknownException(new IllegalStateException("504"));
        });

        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            maintenance.maintain(KeyedTable.NAME, CustomersUnderMaintenance.compact(), progress -> {});
        }

        assertThat(faults.left()).isZero();
        customers.check("compacted");
        assertThat(KeyedTable.names(customers.test)).containsOnlyKeys(0, 1).containsEntry(1, "newest");
        assertThat(KeyedTable.rowsInFiles(customers.test)).isEqualTo(4);
    }

    /** An answer that says nothing is no reason to do it again, nor to take its files away. */
    @Test
    void aCommitIsDoneThatLandedWithoutAnAnswer() {
        commit(9);
        FaultyCommits faults = new FaultyCommits(
                Runnable::run,
                FaultyCommits.landedThen(new CommitStateUnknownException(new IllegalStateException("504"))));

        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            TableUpkeep.Compacted compacted = maintenance
                    .maintain(KeyedTable.NAME, CustomersUnderMaintenance.compact(), progress -> {})
                    .compacted()
                    .orElseThrow();

            assertThat(compacted.groups()).isEqualTo(1);
            assertThat(compacted.conflicts()).isZero();
        }

        assertThat(faults.left()).isZero();
        assertThat(customers.test.ancestry(KeyedTable.NAME))
                .filteredOn(one -> "replace".equals(one.operation()))
                .hasSizeBetween(1, 2);
        customers.check("compacted");
    }

    /** A rewind puts the head back, and what was compacted has rows that must go. */
    @Test
    void whatWasReadOfAnotherPastIsNotCommitted() {
        commit(9);
        Table table = customers.table();
        List<Snapshot> line = customers.test.ancestry(KeyedTable.NAME);
        FaultyCommits faults = new FaultyCommits(Runnable::run, send -> {
            table.manageSnapshots().rollbackTo(line.get(4).snapshotId()).commit();
            throw new CommitStateUnknownException(new IllegalStateException("504"));
        });

        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            TableUpkeep upkeep =
                    maintenance.maintain(KeyedTable.NAME, CustomersUnderMaintenance.compact(), progress -> {});

            assertThat(upkeep.compacted().orElseThrow().conflicts()).isZero();
        }
        assertThat(KeyedTable.names(customers.test)).containsEntry(1, "v4").containsEntry(0, "v3");
    }

    /** They concern nothing behind the compaction, and all that was before it. */
    @Test
    void deletesStayWhereTheTableIsTakenBackBeforeTheyGo() {
        commit(9);
        Table table = customers.table();
        long last = table.currentSnapshot().snapshotId();
        FaultyCommits faults = new FaultyCommits(Runnable::run, Runnable::run, send -> {
            table.refresh();
            table.manageSnapshots().rollbackTo(last).commit();
            throw new CommitStateUnknownException(new IllegalStateException("504"));
        });

        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            maintenance.maintain(KeyedTable.NAME, CustomersUnderMaintenance.compact(), progress -> {});
        }

        assertThat(faults.left()).isZero();
        assertThat(customers.table().currentSnapshot().snapshotId()).isEqualTo(last);
        customers.check("taken back");
    }

    /** So that the pipeline can say what has happened, and somebody can undo it. */
    @Test
    void theLastCommitStaysThatSomebodyHasRolledBack() {
        commit(6);
        long last = customers.table().currentSnapshot().snapshotId();
        long third = customers.test.ancestry(KeyedTable.NAME).get(3).snapshotId();
        customers.table().manageSnapshots().rollbackTo(third).commit();

        customers.maintain(CustomersUnderMaintenance.expire(1));

        assertThat(customers.table().snapshot(last)).isNotNull();
        customers.table().manageSnapshots().setCurrentSnapshot(last).commit();
        customers.check("rolled forward again");
    }

    /** Between a pipeline's last commit and the head nothing goes, for it would take the table for rolled back. */
    @Test
    void thePipelineFindsItsLastCommitAfterManyOfOthers() {
        commit(4);
        long last = customers.table().currentSnapshot().snapshotId();
        for (int at = 0; at < 5; at++) {
            customers.table().newAppend().set("who", "somebody else").commit();
        }

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.expire(1));

        assertThat(upkeep.expired().orElseThrow().snapshots()).isEqualTo(3);
        assertThat(customers.test.ancestry(KeyedTable.NAME)).hasSize(6);
        assertThat(customers.table().snapshot(last)).isNotNull();
        assertThat(upkeep.notes())
                .containsExactly("5 snapshots stay for the pipelines shop: what they committed last is behind");
        customers.restart();
        commit(1);
        customers.check("expired");
    }

    @Test
    void filesThatOnlyOldSnapshotsNeedGo() {
        commit(9);
        customers.maintain(CustomersUnderMaintenance.compact());
        long before = parquetFiles();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.expire(1));

        // The pipeline's last commit is behind the compaction, with its two files and all that it reads.
        assertThat(upkeep.expired().orElseThrow().snapshots()).isEqualTo(8);
        commit(1);
        customers.maintain(CustomersUnderMaintenance.expire(1));
        assertThat(before).isEqualTo(19);
        assertThat(parquetFiles()).isEqualTo(3);
        customers.check("expired");
    }

    private long parquetFiles() {
        return customers.files().stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .count();
    }

    @Test
    void orphansGoAndWhatTheLedgerKnowsStays() throws IOException {
        commit(2);
        customers.write(7, "waits", "de");
        customers.stage();
        Path data =
                CustomersUnderMaintenance.place(customers.table().location()).resolve("data");
        Path orphan = Files.writeString(data.resolve("orphan.parquet"), "nothing");
        Files.writeString(data.resolve("notes.txt"), "somebody's own");
        Files.createDirectories(data.resolve("_mine"));
        Files.writeString(data.resolve("_mine/kept.parquet"), "somebody's own");
        customers.age();
        Path young = Files.writeString(data.resolve("young.parquet"), "on its way");
        long before = customers.files().size();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.orphans());

        assertThat(upkeep.orphans()).contains(new TableUpkeep.Orphans(1, 7));
        assertThat(orphan).doesNotExist();
        assertThat(young).exists();
        // The lock came and went, and each is a file of metadata, a checksum and a hint.
        assertThat((long) customers.files().size()).isGreaterThanOrEqualTo(before - 1);
        assertThat(data.resolve("_mine/kept.parquet")).exists();
        customers.commit();
        customers.check("orphans removed");
    }

    /** Its state may have files that no ledger knows. */
    @Test
    void filesThatAreNewerThanAStoppedPipelinesLedgerStay() throws IOException {
        commit(2);
        Path data =
                CustomersUnderMaintenance.place(customers.table().location()).resolve("data");
        Path closed = Files.writeString(data.resolve("closed.parquet"), "in a savepoint");
        MaintenanceRequest impatient = new MaintenanceRequest(
                MaintenanceRequest.Mode.CARRY_OUT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(-1)));

        TableUpkeep upkeep = customers.maintain(impatient);

        assertThat(closed).exists();
        assertThat(upkeep.orphans()).contains(new TableUpkeep.Orphans(0, 0));
        assertThat(upkeep.notes())
                .containsExactly(
                        "1 file stays: one of the pipelines shop has committed nothing since they were written, and may go on"
                                + " with them from a savepoint");
    }

    /** Who has claimed a run has not written yet what its savepoint has. */
    @Test
    void aStartThatDiesMakesFilesNoOlder() throws IOException {
        commit(2);
        Table ledger = customers.test.table(TestLake.NAMES.ledger());
        long last = ledger.currentSnapshot().timestampMillis();
        customers.test.open().ledger().claimRun();

        Optional<Instant> since;
        try (MaintainedLake lake = customers.lake()) {
            since = lake.needs(KeyedTable.NAME).filesSince();
        }

        assertThat(customers
                        .test
                        .table(TestLake.NAMES.ledger())
                        .currentSnapshot()
                        .timestampMillis())
                .isGreaterThan(last);
        assertThat(since).contains(Instant.ofEpochMilli(last).minus(Duration.ofDays(7)));
    }

    /** Of a table that no pipeline has written to, the age alone says what somebody may still be about to commit. */
    @Test
    void aFileThatIsYoungIsNoOrphan() throws IOException {
        TableName strangers = new TableName("others.parcels");
        customers.test.create(strangers, KeyedTable.COLUMNS);
        Path data = Files.createDirectories(
                CustomersUnderMaintenance.place(customers.test.table(strangers).location())
                        .resolve("data"));
        Path old = Files.writeString(data.resolve("old.parquet"), "nothing");
        CustomersUnderMaintenance.age(old);
        Path young = Files.writeString(data.resolve("young.parquet"), "on its way");

        try (MaintainedCatalog maintenance = customers.maintenance(new FaultyCommits())) {
            TableUpkeep upkeep = maintenance.maintain(strangers, CustomersUnderMaintenance.orphans(), progress -> {});

            assertThat(upkeep.orphans().orElseThrow().files()).isEqualTo(1);
        }
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    /** They get their names in the table's folder when they are copied there. */
    @Test
    void noOrphanGoesWhileRowsWaitBesideTheLedger() throws IOException {
        commit(2);
        Path data =
                CustomersUnderMaintenance.place(customers.table().location()).resolve("data");
        Path aside = data.resolveSibling("aside");
        Files.move(data, aside);
        Files.writeString(data, "in the way");
        customers.write(7, "waits", "de");
        customers.stage();
        Files.delete(data);
        Files.move(aside, data);
        Path orphan = Files.writeString(data.resolve("orphan.parquet"), "nothing");
        customers.age();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.orphans());

        assertThat(upkeep.refused())
                .containsExactly(
                        "no orphan goes: rows wait beside the ledger until its location can be written to, and are"
                                + " copied there then");
        assertThat(orphan).exists();
        customers.commit();
        customers.check("copied");
        commit(1);
        assertThat(customers
                        .maintain(CustomersUnderMaintenance.orphans())
                        .orphans()
                        .orElseThrow()
                        .files())
                .isEqualTo(1);
        customers.check("orphans removed");
    }

    @Test
    void nothingIsDeletedWhereALedgerIsGone() throws IOException {
        commit(5);
        LakeNames others =
                new LakeNames("other", new TableName("other.firn_ledger"), new TableName("other.firn_quarantine"));
        customers.test.open(others).ledger().claimRun();
        Path data =
                CustomersUnderMaintenance.place(customers.table().location()).resolve("data");
        Path orphan = Files.writeString(data.resolve("orphan.parquet"), "nothing");
        CustomersUnderMaintenance.age(orphan);
        customers.test.drop(TestLake.NAMES.ledger());

        TableUpkeep expired = customers.maintain(CustomersUnderMaintenance.expire(1));
        TableUpkeep orphans = customers.maintain(CustomersUnderMaintenance.orphans());

        String why =
                "pipeline `shop` has written to it, and its ledger `shop.firn_ledger` is not in the catalog: if that"
                        + " pipeline is gone for good, remove the table's property `firn.shop.main`";
        assertThat(expired.refused()).containsExactly("no snapshot expires: " + why);
        assertThat(orphans.refused()).containsExactly("no orphan goes: " + why);
        assertThat(expired.isWhole()).isFalse();
        assertThat(orphan).exists();
        assertThat(customers.test.ancestry(KeyedTable.NAME)).hasSize(5);
    }

    @Test
    void aTableIsOneMaintainersAtATime() {
        commit(5);
        customers
                .table()
                .updateProperties()
                .set("firn.maintenance.lock", "somebody until 2999-01-01T00:00:00Z")
                .commit();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact());

        assertThat(upkeep.refused())
                .containsExactly("another maintainer works on it, at most until 2999-01-01T00:00:00Z");
        assertThat(upkeep.compacted()).isEmpty();
        assertThat(dataFiles()).hasSize(5);

        customers
                .table()
                .updateProperties()
                .set("firn.maintenance.lock", "somebody until 2020-01-01T00:00:00Z")
                .commit();
        assertThat(customers.maintain(CustomersUnderMaintenance.compact()).isWhole())
                .isTrue();
        assertThat(dataFiles()).hasSize(1);
    }

    /** A table that is looked after every hour does not grow a metadata file each time. */
    @Test
    void whereNothingIsDueNothingIsWritten() {
        commit(5);
        customers.maintain(CustomersUnderMaintenance.compact());
        String before = metadataFile();

        for (MaintenanceRequest request : List.of(
                CustomersUnderMaintenance.compact(),
                CustomersUnderMaintenance.expire(200),
                CustomersUnderMaintenance.orphans())) {
            assertThat(customers.maintain(request).isWhole()).isTrue();
        }

        assertThat(metadataFile()).isEqualTo(before);
    }

    private String metadataFile() {
        return ((HasTableOperations) customers.table()).operations().current().metadataFileLocation();
    }

    /** Somebody else has thought that this one is dead. */
    @Test
    void whoHasLostTheLockCommitsNothing() {
        commit(5);
        long head = customers.table().currentSnapshot().snapshotId();
        FaultyCommits faults = new FaultyCommits(send -> {
            send.run();
            customers
                    .table()
                    .updateProperties()
                    .set("firn.maintenance.lock", "somebody until 2999-01-01T00:00:00Z")
                    .commit();
        });

        try (MaintainedCatalog maintenance = customers.maintenance(faults)) {
            TableUpkeep upkeep =
                    maintenance.maintain(KeyedTable.NAME, CustomersUnderMaintenance.compact(), progress -> {});

            assertThat(upkeep.refused()).containsExactly("another maintainer has taken it meanwhile");
        }
        assertThat(customers.table().currentSnapshot().snapshotId()).isEqualTo(head);
        assertThat(customers.table().properties())
                .containsEntry("firn.maintenance.lock", "somebody until 2999-01-01T00:00:00Z");
    }

    @Test
    void aFileThatIsNotWhatTheMetadataSaysIsLeft() throws IOException {
        commit(5);
        DataFile one = dataFiles().get(2);
        Table table = customers.table();
        table.newOverwrite()
                .deleteFile(one)
                .addFile(org.apache.iceberg.DataFiles.builder(table.spec())
                        .copy(one)
                        .withRecordCount(2)
                        .build())
                .commit();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact());

        assertThat(upkeep.isWhole()).isFalse();
        assertThat(upkeep.refused())
                .singleElement()
                .asString()
                .startsWith("files could not be rewritten: `")
                .endsWith("` holds 1 rows, and the metadata says 2");
        assertThat(dataFiles()).hasSize(5);
    }

    @Test
    void ledgersAreLeftToTheirPipelines() {
        commit(2);

        try (MaintainedCatalog maintenance = customers.maintenance(new FaultyCommits())) {
            assertThat(maintenance.tables()).extracting(TableName::full).contains("sales.customers");
            assertThat(maintenance.tables()).extracting(TableName::full).doesNotContain("shop.firn_ledger");
        }
    }

    @Test
    void tagsAndBranchesStay() {
        commit(3);
        long tagged = customers.table().currentSnapshot().snapshotId();
        customers.table().manageSnapshots().createTag("march", tagged).commit();
        commit(3);
        long branched = customers.table().currentSnapshot().snapshotId();
        customers
                .table()
                .manageSnapshots()
                .createBranch("try", branched)
                .setMinSnapshotsToKeep("try", 2)
                .commit();
        commit(5);

        customers.maintain(CustomersUnderMaintenance.expire(2));

        assertThat(customers.table().snapshot(tagged)).isNotNull();
        assertThat(customers.table().snapshot(branched)).isNotNull();
        assertThat(customers.table().snapshots()).hasSize(5);
        customers.check("expired");
    }

    @Test
    void positionsThatOthersHaveDeletedAreWorkedIn() throws IOException {
        commit(3);
        customers.maintain(CustomersUnderMaintenance.compact());
        customers.deletePosition(dataFiles().get(0), 1);
        int left = KeyedTable.names(customers.test).size();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact());

        assertThat(upkeep.compacted().orElseThrow().after()).satisfies(after -> {
            assertThat(after.dataFiles()).isEqualTo(1);
            assertThat(after.deleteFiles()).isZero();
        });
        assertThat(left).isEqualTo(2);
        assertThat(KeyedTable.rowsInFiles(customers.test)).isEqualTo(2);
        assertThat(KeyedTable.names(customers.test)).hasSize(2);
    }

    /** A delete file may name several. */
    @Test
    void positionsStayWhereOneOfTheirFilesIsThere() throws IOException {
        List<DataFile> files = List.of(
                customers.append("a.parquet", 7), customers.append("b.parquet", 8), customers.append("c.parquet", 9));
        customers.deletePositions(files, 0);
        customers
                .table()
                .newDelete()
                .deleteFile(files.get(0))
                .deleteFile(files.get(2))
                .commit();

        customers.maintain(CustomersUnderMaintenance.compact(5, 10));

        assertThat(customers.deleteFiles()).isEqualTo(1);
        assertThat(KeyedTable.names(customers.test)).isEmpty();
    }

    /** One delete is no reason to write a large file anew, and concerns it all the same. */
    @Test
    void deletesOfFilesThatAreNotDueStay() throws IOException {
        commit(3);
        customers.maintain(CustomersUnderMaintenance.compact());
        customers.deletePosition(dataFiles().get(0), 1);
        Set<Integer> left = KeyedTable.names(customers.test).keySet();

        TableUpkeep upkeep = customers.maintain(CustomersUnderMaintenance.compact(5, 10));

        assertThat(upkeep.compacted().orElseThrow().groups()).isZero();
        assertThat(left).hasSize(2);
        assertThat(customers.deleteFiles()).isEqualTo(1);
        assertThat(KeyedTable.names(customers.test).keySet()).isEqualTo(left);
    }

    @Test
    void filesInOrderAreMergedInOrder() {
        customers.table().replaceSortOrder().desc("name").commit();
        customers.restart();
        for (int epoch = 0; epoch < 3; epoch++) {
            for (int id = 0; id < 5; id++) {
                customers.write(epoch * 5 + id, "v" + id + epoch, "de");
            }
            customers.stage();
            customers.commit();
        }

        customers.maintain(CustomersUnderMaintenance.compact());

        assertThat(dataFiles())
                .singleElement()
                .extracting(DataFile::sortOrderId)
                .isEqualTo(1);
        assertThat(customers.test.rows(KeyedTable.NAME))
                .extracting(row -> String.valueOf(row.getField("name")))
                .hasSize(15)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    private List<DataFile> dataFiles() {
        return customers.dataFiles();
    }
}
