package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryUrlTest {

    private static final SystemReferences REFERENCES = new SystemReferences(
            Map.of("REGISTRY", "http://user:hidden@sr:8081/v7/?token=hidden", "SR_URL", "https://sr/hidden"),
            Path.of("."));

    @Test
    void showsNeitherUserNorPasswordNorQuery() {
        RegistryUrl url = RegistryUrl.of(new Text("${env:REGISTRY}"), REFERENCES);

        assertThat(url.shown()).isEqualTo("http://sr:8081/v7");
        assertThat(url.authorization()).contains("Basic dXNlcjpoaWRkZW4=");
        assertThat(url).hasToString("http://sr:8081/v7");
    }

    @Test
    void showsOnlyTheReferenceOfASecret() {
        RegistryUrl url = RegistryUrl.of(new Text("${secret:sr-url}"), REFERENCES);

        assertThat(url.base()).isEqualTo("https://sr/hidden");
        assertThat(url.shown()).isEqualTo("${secret:sr-url}");
    }

    @Test
    void refusesWhatCanNotBeAsked() {
        assertRefused("localhost:8081", "the registry's url `localhost:8081` is not an http or https url");
        assertRefused("ftp://sr", "the registry's url `ftp://sr` is not an http or https url");
        assertRefused("http://", "the registry's url `http://` is not an http or https url");
        assertRefused("http://a b", "the registry's url `http://a b` is not an http or https url");
        assertRefused("user:hidden@sr", "the registry's url is not an http or https url");
    }

    private static void assertRefused(String url, String message) {
        assertThatThrownBy(() -> RegistryUrl.of(new Text(url), REFERENCES))
                .isInstanceOf(OutsideException.class)
                .hasMessage(message);
    }
}
