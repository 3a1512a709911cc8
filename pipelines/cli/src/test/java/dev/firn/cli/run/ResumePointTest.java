package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.PipelineFile;
import dev.firn.flink.local.LocalFolders;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.ledger.LedgerState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose tables take rows once goes on from the ledger, whatever else there is. */
class ResumePointTest {

    private static final LedgerState EMPTY = new LedgerState(0, 1, Map.of(), List.of());
    private static final LedgerState TWELVE = new LedgerState(12, 1, Map.of(), List.of());

    @TempDir
    Path folder;

    private PipelinePlan plan() throws Exception {
        Path file = Files.writeString(
                folder.resolve("orders.yaml"),
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "nowhere:9092"}
                  format: {type: avro, registry: {url: "http://nowhere"}}
                route: [{from: orders, to: sales.orders}]
                tables: [{table: "*", unique: {key: id, within: 1h, time: at}}]
                sink: {type: iceberg, namespace: sales, catalog: {type: hadoop, warehouse: "file:///nowhere"}}
                """);
        PipelineFile opened = new PipelineFile(file);
        return opened.planOffline(opened.read().orElseThrow()).orElseThrow();
    }

    /** With a checkpoint that nobody could read. */
    private LocalFolders folders() throws Exception {
        LocalFolders folders = new LocalFolders(folder);
        Path checkpoint = folders.checkpoints().resolve("0123456789abcdef0123456789abcdef/chk-7");
        Files.createDirectories(checkpoint);
        Files.writeString(checkpoint.resolve("_metadata"), "not one of Flink's");
        assertThat(folders.newestState()).isPresent();
        return folders;
    }

    @Test
    void passesOverCheckpoints() throws Exception {
        ResumePoint resume = ResumePoint.of(plan(), new ResumeFrom.Newest(), StatePlace.here(folders()));

        assertThat(resume.chosen(TWELVE).state()).isEmpty();
        assertThat(resume.chosen(TWELVE).sentences())
                .containsExactly("goes on from the ledger, behind epoch 12 (as it always does with `unique`)");
        assertThat(resume.chosen(EMPTY).sentences())
                .containsExactly("starts from the beginning: the ledger knows no position");
    }

    @Test
    void refusesAStateThatIsNamed() throws Exception {
        for (ResumeFrom named : List.of(new ResumeFrom.State(), new ResumeFrom.Savepoint(folder.toString()))) {
            assertThatThrownBy(() -> ResumePoint.of(plan(), named, StatePlace.here(folders())))
                    .isInstanceOf(NothingToResume.class)
                    .hasMessage("a table of the pipeline has `unique`, and what it has is found in the table itself: it"
                            + " goes on from the ledger, without a state; leave `--resume` out");
        }
    }
}
