package dev.firn.flink.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.plan.FlinkSecrets;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plan takes for hidden, Flink hides. */
class FlinkSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.secret-key",
                "S3.SECRET-KEY",
                "security.ssl.rest.key-password",
                "fs.azure.account.key.store.blob.core.windows.net",
                "metrics.reporter.x.apikey",
                "x.auth-params",
                "x.service-key",
                "x.token",
                "x.basic-auth",
                "x.sasl.jaas.config",
                "x.http-headers",
                "fs.s3a.credential",
                "metrics.reporter.push.url",
                "state.backend.type",
                "x.api-key",
                "x.pass"
            })
    void agreesWithFlink(String key) {
        assertThat(FlinkSecrets.isHidden(key)).isEqualTo(GlobalConfiguration.isSensitive(key));
    }
}
