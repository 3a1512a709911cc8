package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Write;
import dev.firn.spi.sink.UniqueRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeySettingsTest {

    private static final UniqueRows UNIQUE = new UniqueRows(List.of("event_id"), "at", Duration.ofHours(1), 1 << 20);

    @Test
    void theKeyOfADatabasesTableLeavesTheRestAsItIsSaid() {
        KeySettings said = new KeySettings(Write.UPSERT, null, null, UNIQUE);

        KeySettings keyed = said.orKey(Optional.of(List.of("id")));

        assertThat(keyed.key()).containsExactly("id");
        assertThat(keyed.uniqueRows()).as("so that the plan refuses it").contains(UNIQUE);
    }
}
