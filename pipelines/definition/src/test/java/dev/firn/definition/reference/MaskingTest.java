package dev.firn.definition.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "ssl.key.password",
                "client.secret",
                "oauth.Token",
                "sasl.jaas.config",
                "credential",
                "s3.secret-access-key"
            })
    void seesASecretInAName(String key) {
        assertThat(Masking.looksSecret(key)).isTrue();
        assertThat(Masking.shown(key, new Text("hunter2"))).isEqualTo("***");
        assertThat(Masking.shown(key, new Text("${secret:x}"))).isEqualTo("${secret:x}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap.servers", "uri", "jaas", "s3.access-key-id", "group.id"})
    void seesNoneInOtherNames(String key) {
        assertThat(Masking.looksSecret(key)).isFalse();
        assertThat(Masking.shown(key, new Text("localhost"))).isEqualTo("localhost");
    }

    @ParameterizedTest
    @CsvSource({
        "hunter2,***",
        "${env:P},${env:P}",
        "${env:P:-hunter2},***",
        "hunter${env:P},***",
        "${env:P}${env:Q},***",
        "$${env:P},***",
        "'',***"
    })
    void showsASecretOnlyAsOneReference(String raw, String shown) {
        assertThat(Masking.masked(raw)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~  password: hunter2 # hunter2~|~  password: ******* * *******~",
                "~- 'api.token': 'it''s' # not~|~- 'api.token': ******* # not~",
                "~{user: ada, password: hunter2, x: y}~|~{user: ada, password: *******, x: y}~",
                "~{password: \"a\\\"b}\", x: y}~|~{password: *******, x: y}~",
                "~{password: \"${secret:x}\", x: y}~|~{password: \"${secret:x}\", x: y}~",
                "~password: ${env:P}~|~password: ${env:P}~",
                "~passwrod: x~|~passwrod: *~",
                "~passwd: x~|~passwd: *~",
                "~password:~|~password:~",
                "~name: password~|~name: password~"
            })
    void masksALineInPlace(String line, String shown) {
        assertThat(Masking.line(line)).isEqualTo(shown).hasSameSizeAs(line);
    }

    @Test
    void masksALongLineInGoodTime() {
        String line = "password: x, ".repeat(20_000);
        assertThat(Masking.line(line)).doesNotContain("x");
    }
}
