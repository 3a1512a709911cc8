package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.yaml.snakeyaml.Yaml;

/**
 * Every example means the same under YAML 1.1 and 1.2: a Kubernetes resource or a Python script reads 1.1, where {@code on} is
 * true, {@code 1:30} is ninety, and {@code 2026-01-01} a date.
 */
class YamlVersionsTest {

    private static final Pattern BLOCK = Pattern.compile("(?m)^```yaml\n(.*?)^```", Pattern.DOTALL);

    /** A YAML text and where it stands. */
    record Sample(String place, String yaml) {
        @Override
        public String toString() {
            return place;
        }
    }

    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path file : files("examples", ".yaml")) {
            samples.add(new Sample(file.toString(), Files.readString(file)));
        }
        List<Path> pages = new ArrayList<>(files("docs", ".md"));
        pages.add(Golden.file("README.md"));
        for (String module : List.of(
                "pipelines/definition",
                "pipelines/spi",
                "pipelines/plan",
                "pipelines/cli",
                "schema-registry",
                "connectors/kafka",
                "connectors/iceberg")) {
            pages.addAll(files(module + "/src/main/resources/help", ".md"));
        }
        for (Path page : pages) {
            String text = Files.readString(page);
            // A wrong example may be wrong in just this.
            Matcher block = BLOCK.matcher(text.replaceAll("(?s)## Wrong\n.*?\n## ", "## "));
            for (int number = 1; block.find(); number++) {
                samples.add(new Sample(page + ", example " + number, block.group(1)));
            }
        }
        return samples;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Golden.file(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void meansTheSameInBoth(Sample sample) {
        assertThat(new Yaml().<Object>load(sample.yaml())).isEqualTo(inVersion12(sample.yaml()));
    }

    @Test
    void tellsThemApart() {
        String yaml = "{on-outage: on, at: 1:30, day: 2026-01-01, mode: 0755}";
        assertThat(new Yaml().<Object>load(yaml)).isNotEqualTo(inVersion12(yaml));
    }

    /** Some pages show one option several times. */
    private static Object inVersion12(String yaml) {
        return new Load(LoadSettings.builder()
                        .setAllowDuplicateKeys(true)
                        .setSchema(new CoreSchema())
                        .build())
                .loadFromString(yaml);
    }
}
