package dev.firn.flink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineTablesTest {

    @Test
    void nothingIsPutBackIntoATableThatTakesRowsOnce() {
        FakeLake fake = FakeLake.create();
        UniqueRows unique = new UniqueRows(List.of("id"), "at", Duration.ofHours(1), 1 << 20);
        try (Lake lake = fake.factory().open(SystemReferences.ofThisProcess())) {
            PipelineTables tables = new PipelineTables(
                    lake,
                    detached -> false,
                    RowKeys.NONE,
                    table -> table.equals(Records.ORDERS) ? Optional.of(unique) : Optional.empty());

            Rejected reason = tables.reason(Records.ORDERS).orElseThrow();
            assertThat(reason.code()).isEqualTo(RejectCode.NEWER_ROW_POSSIBLE);
            assertThat(reason.reason())
                    .isEqualTo("table `sales.orders` has `unique`, and whether it has this row by now only the"
                            + " pipeline's own run can tell");
        }
    }
}
