package dev.firn.connector.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.broker.ClusterFailure.Kind;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ClusterFailureTest {

    @Test
    void silenceIsUnreachable() {
        expect(new ExecutionException(new TimeoutException("Timed out waiting for a node assignment.")))
                .isEqualTo("UNREACHABLE no broker answers in time");
    }

    @Test
    void namesThatDoNotResolveAreUnreachable() {
        expect(new KafkaException(
                        "Failed to create new KafkaAdminClient",
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")))
                .isEqualTo("UNREACHABLE none of the host names can be resolved");
    }

    @Test
    void otherSettingsAreWrong() {
        expect(new KafkaException("Failed", new ConfigException("Invalid url in bootstrap.servers: nowhere")))
                .isEqualTo("WRONG_SETTING Invalid url in bootstrap.servers: nowhere");
    }

    @Test
    void aBrokenJaasConfigurationIsNotQuoted() {
        expect(new KafkaException(
                        "Failed to create new KafkaAdminClient",
                        new IllegalArgumentException("Invalid login module control flag 'hunter2' in JAAS config")))
                .isEqualTo("WRONG_SETTING `sasl.jaas.config` is no JAAS configuration");
        expect(new IllegalArgumentException("JAAS config entry not terminated by semi-colon"))
                .isEqualTo("WRONG_SETTING JAAS config entry not terminated by semi-colon");
    }

    @Test
    void loginAndAccessAreRefused() {
        expect(new ExecutionException(new SaslAuthenticationException("Authentication failed")))
                .isEqualTo("REFUSED the broker refuses the login: Authentication failed");
        expect(new TopicAuthorizationException("Not authorized to access topics: [orders]"))
                .isEqualTo("REFUSED the broker refuses access: Not authorized to access topics: [orders]");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> expect(Throwable thrown) {
        ClusterFailure failure = ClusterFailure.of(thrown);
        Kind kind = failure.kind();
        return assertThat(kind + " " + failure.reason());
    }
}
