package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.Text;
import dev.firn.plan.PlanText.Detail;
import dev.firn.plan.testing.Plans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline: {name: shop, flink: {s3.secret-key: hunter2}}",
                "source: {type: kafka, topics: [orders], properties: {sasl.jaas.config: hunter2}, format: {registry: {url: u}}}",
                "source: {type: kafka, topics: [orders], properties: {ssl.key.password: 'a${env:KAFKA}hunter2'}, format: {registry: {url: u}}}",
                "source: {type: kafka, topics: [orders], format: {registry: {url: u, password: hunter2}}}",
                "source: {type: kafka, topics: [orders], format: {registry: {url: u, password: '${env:KAFKA:-hunter2}'}}}",
                "source: {type: kafka, topics: [orders], format: {registry: {url: 'http://me:hunter2@r:81'}}}",
                "tables: {table: '*', properties: {encryption.secret: hunter2}}",
                "sink: {type: iceberg, catalog: {type: jdbc, jdbc.password: hunter2}}",
                "sink: {type: iceberg, catalog: {type: rest, credential: 'me:hunter2'}}",
                "sink: {type: iceberg, catalog: {type: jdbc, uri: 'jdbc:postgresql://db/lake?user=me&password=hunter2'}}"
            })
    void areNeverShown(String section) {
        PipelinePlan plan = Plans.plan(section);
        assertThat(PlanJson.write(plan)).contains("***").doesNotContain("hunter2");
        assertThat(PlanText.write(plan, Detail.VERBOSE)).contains("***").doesNotContain("hunter2");
    }

    @Test
    void doNotNameThePlan() {
        String one =
                "source: {type: kafka, topics: [orders], properties: {sasl.jaas.config: one}, format: {registry: {url: u}}}";
        assertThat(PlanJson.hash(Plans.plan(one.replace(": one", ": two")))).isEqualTo(PlanJson.hash(Plans.plan(one)));
    }

    @ParameterizedTest
    @CsvSource({
        "password,${secret:x},${secret:x}",
        "password,${env:X},${env:X}",
        "password,${env:X:-y},***",
        "password,a${env:X},***",
        "sasl.jaas.config,y,***",
        "url,${env:X}:81/path,${env:X}:81/path",
        "url,http://${env:USER}:${secret:pw}@r,http://${env:USER}:${secret:pw}@r",
        "url,http://me:${secret:pw}@r,http://me:${secret:pw}@r",
        "url,http://me:${env:PW:-y}@r,http://***@r",
        "url,http://me:y${env:X}@r,http://***@r",
        "url,http://token@r,http://***@r",
        "url,http://r/path,http://r/path",
        "uri,jdbc:x:p?user=me&password=y&ssl=on,jdbc:x:p?user=me&password=***&ssl=on",
        "uri,jdbc:x:p?password=${secret:pw},jdbc:x:p?password=${secret:pw}",
        "uri,jdbc:x:p;sslKeyPassword=y;a=b,jdbc:x:p;sslKeyPassword=***;a=b"
    })
    void areShownOnlyAsReferences(String name, String written, String shown) {
        assertThat(ShownText.of(name, new Text(written))).isEqualTo(shown);
    }

    @Test
    void areNotThereWhereNoneIsSet() {
        assertThat(PlanJson.write(Plans.plan(""))).doesNotContain("password").doesNotContain("***");
    }
}
