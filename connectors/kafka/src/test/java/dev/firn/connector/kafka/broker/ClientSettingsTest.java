package dev.firn.connector.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    private static final SystemReferences REFERENCES =
            new SystemReferences(Map.of("KAFKA", "broker:9092", "JAAS", "hunter2"), Path.of("none"));

    @Test
    void consumersNeverJumpNeverCommitAndSeeCommittedRecordsOnly() {
        Properties consumer = settings(Map.of("bootstrap.servers", "${env:KAFKA}", "auto.offset.reset", "earliest"))
                .consumer(REFERENCES);

        assertThat(consumer)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("allow.auto.create.topics", "false");
    }

    @Test
    void theFileMayLowerTheIsolation() {
        ClientSettings settings = settings(Map.of("isolation.level", "read_uncommitted"));

        assertThat(settings.isolation(REFERENCES)).isEqualTo(IsolationLevel.READ_UNCOMMITTED);
        assertThat(settings(Map.of()).isolation(REFERENCES)).isEqualTo(IsolationLevel.READ_COMMITTED);
    }

    @Test
    void adminClientsGetNothingThatOnlyConsumersKnow() {
        Properties admin = settings(Map.of("fetch.max.bytes", "1", "security.protocol", "SSL", "plugin.setting", "x"))
                .admin(REFERENCES);

        assertThat(admin).containsOnlyKeys("client.id", "security.protocol", "plugin.setting");
    }

    @Test
    void complaintsShowTheAddressAndNoSecret() {
        ClientSettings settings =
                settings(Map.of("bootstrap.servers", "${env:KAFKA}", "sasl.jaas.config", "${secret:jaas}"));

        assertThat(settings.complaint(
                        ClusterFailure.of(new ConfigException("Invalid value hunter2 for sasl.jaas.config")),
                        REFERENCES))
                .isEqualTo("Kafka's clients refuse the `properties`: Invalid value *** for sasl.jaas.config");
        assertThat(settings.complaint(
                        new ClusterFailure(ClusterFailure.Kind.UNREACHABLE, "no broker answers in time"), REFERENCES))
                .isEqualTo("the brokers at `broker:9092` can't be read: no broker answers in time");
    }

    @Test
    void complaintsShowNoPartOfASettingThatIsASecret() {
        ClientSettings settings = settings(Map.of("bootstrap.servers", "b:1", "sasl.mechanism", "X-${secret:jaas}"));

        assertThat(settings.complaint(
                        new ClusterFailure(ClusterFailure.Kind.REFUSED, "no mechanism hunter2 is known"), REFERENCES))
                .isEqualTo("the brokers at `b:1` can't be read: no mechanism *** is known");
    }

    private static ClientSettings settings(Map<String, String> raw) {
        Map<String, Text> properties = new TreeMap<>();
        raw.forEach((key, value) -> properties.put(key, new Text(value)));
        return new ClientSettings("firn-shop-events", properties);
    }
}
