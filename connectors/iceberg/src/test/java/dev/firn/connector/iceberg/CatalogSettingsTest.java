package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogSettingsTest {

    @Test
    void aRestServerThatIsSilentIsNotWaitedForByDefault() {
        Map<String, String> properties = resolved(Map.of("type", "rest", "uri", "http://localhost:1"));

        assertThat(properties)
                .containsEntry("rest.client.connection-timeout-ms", "10000")
                .containsEntry("rest.client.socket-timeout-ms", "30000");
    }

    @Test
    void whatTheFileSaysWins() {
        assertThat(resolved(Map.of("type", "rest", "uri", "http://localhost:1", "rest.client.socket-timeout-ms", "5")))
                .containsEntry("rest.client.socket-timeout-ms", "5");
        assertThat(resolved(Map.of("type", "jdbc", "uri", "jdbc:sqlite:x", "warehouse", "/lake", "clients", "2")))
                .containsEntry("clients", "2");
    }

    @Test
    void aDatabaseGetsAConnectionForEachTableThatCommits() {
        assertThat(resolved(Map.of("type", "jdbc", "uri", "jdbc:sqlite:x", "warehouse", "/lake")))
                .containsEntry("clients", "16")
                .containsEntry("warehouse", "/lake");
    }

    @Test
    void aDatabaseThatIsSilentIsNotWaitedForByDefault() {
        assertThat(resolved(Map.of("type", "jdbc", "uri", "jdbc:postgresql://db/lake", "warehouse", "/lake")))
                .containsEntry("jdbc.socketTimeout", "60");
        assertThat(resolved(Map.of("type", "jdbc", "uri", "jdbc:mysql://db/lake", "warehouse", "/lake")))
                .containsEntry("jdbc.connectTimeout", "10000")
                .containsEntry("jdbc.socketTimeout", "60000");
        assertThat(resolved(Map.of("type", "jdbc", "uri", "jdbc:sqlite:x", "warehouse", "/lake")))
                .doesNotContainKey("jdbc.socketTimeout");
        assertThat(resolved(Map.of(
                        "type", "jdbc", "uri", "jdbc:postgresql://x", "warehouse", "/l", "jdbc.socketTimeout", "5")))
                .containsEntry("jdbc.socketTimeout", "5");
    }

    @Test
    void thereAreConnectionsForAllTablesThatCommitAndForTheLedger() {
        String clients =
                resolved(Map.of("type", "hive", "uri", "thrift://hive")).get("clients");
        assertThat(Integer.parseInt(clients)).isGreaterThan(Lake.COMMITS_AT_A_TIME);
    }

    private static Map<String, String> resolved(Map<String, String> catalog) {
        Map<String, Text> written = new TreeMap<>();
        catalog.forEach((key, value) -> written.put(key, new Text(value)));
        return CatalogSettings.resolve(written, raw -> raw).properties();
    }
}
