package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to a table by Iceberg's own means leaves it whole. */
class WholeHistoriesTest {

    private static final TableName ORDERS = new TableName("shop.orders");

    @TempDir
    private Path folder;

    private Shop shop;
    private Table table;
    private DataFile first;

    /** What is done to a table with three commits, the first of which brought {@code first}. */
    enum History {
        POSITION_DELETES {
            @Override
            void on(Table table, DataFile first) throws IOException {
                PositionDeleteWriter<Record> writer = deletes(table)
                        .newPosDeleteWriter(
                                EncryptedFiles.encryptedOutput(
                                        table.io().newOutputFile(table.location() + "/data/p.parquet"),
                                        EncryptionKeyMetadata.EMPTY),
                                FileFormat.PARQUET,
                                first.partition());
                try (writer) {
                    writer.write(PositionDelete.<Record>create().set(first.path(), 1, null));
                }
                table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
            }
        },
        EQUALITY_DELETES_AND_COMPACTION {
            @Override
            void on(Table table, DataFile first) throws IOException {
                EqualityDeleteWriter<Record> writer = deletes(table)
                        .newEqDeleteWriter(
                                EncryptedFiles.encryptedOutput(
                                        table.io().newOutputFile(table.location() + "/data/e.parquet"),
                                        EncryptionKeyMetadata.EMPTY),
                                FileFormat.PARQUET,
                                first.partition());
                try (writer) {
                    GenericRecord key = GenericRecord.create(Shop.COLUMNS.select("order_id"));
                    key.setField("order_id", 3L);
                    writer.write(key);
                }
                table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
                table.newRewrite()
                        .validateFromSnapshot(table.currentSnapshot().snapshotId())
                        .deleteFile(first)
                        .addFile(Shop.write(table, 0, 9))
                        .commit();
            }
        },
        OVERWRITE {
            @Override
            void on(Table table, DataFile first) {
                table.newReplacePartitions().addFile(Shop.write(table, 0, 4)).commit();
                table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
                Shop.commit(table, 0, 1);
            }
        },
        ROLLBACK_BRANCH_AND_EXPIRY {
            @Override
            void on(Table table, DataFile first) {
                long before = table.currentSnapshot().snapshotId();
                table.manageSnapshots().createBranch("audit").commit();
                table.newAppend()
                        .appendFile(Shop.write(table, 0, 2))
                        .toBranch("audit")
                        .commit();
                Shop.commit(table, 3, 5);
                table.manageSnapshots().rollbackTo(before).commit();
                Shop.commit(table, 4, 6);
                table.expireSnapshots()
                        .expireOlderThan(Long.MAX_VALUE)
                        .retainLast(1)
                        .commit();
            }
        },
        STAGED {
            @Override
            void on(Table table, DataFile first) {
                table.newAppend()
                        .appendFile(Shop.write(table, 0, 2))
                        .stageOnly()
                        .commit();
                Shop.commit(table, 3, 5);
            }
        },
        ADDED_AGAIN_AND_DELETED {
            @Override
            void on(Table table, DataFile first) {
                DataFile twice = Shop.write(table, 3, 5);
                table.newFastAppend().appendFile(twice).commit();
                table.newFastAppend().appendFile(twice).commit();
                long doubled = table.currentSnapshot().snapshotId();
                table.newDelete().deleteFile(twice).commit();
                Shop.commit(table, 4, 1);
                table.expireSnapshots().expireSnapshotId(doubled).commit();
            }
        };

        abstract void on(Table table, DataFile first) throws IOException;
    }

    @BeforeEach
    void makeATable() {
        shop = new Shop(folder);
        table = shop.orders(Map.of());
        first = Shop.write(table, 0, 10);
        table.newAppend().appendFile(first).commit();
        Shop.commit(table, 1, 20);
        Shop.commit(table, 2, 30);
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void isFoundWhole(History history) throws IOException {
        history.on(table, first);

        try (InspectedCatalog opened = shop.open()) {
            TableCheck check = opened.check(ORDERS, Depth.FOOTERS, words -> {});
            assertThat(check.findings()).isEmpty();
            assertThat(check.unasked()).isEmpty();
            assertThat(check.looked().uncounted()).isZero();
        }
    }

    private static GenericAppenderFactory deletes(Table table) {
        return new GenericAppenderFactory(
                Shop.COLUMNS, table.spec(), new int[] {1}, Shop.COLUMNS.select("order_id"), null);
    }
}
