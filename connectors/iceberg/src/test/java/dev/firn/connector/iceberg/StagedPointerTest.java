package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StagedPointerTest {

    private static final byte[] MANIFEST = {1, 0, 2, 42, -62};

    @Test
    void isThePointerToTheManifestWhereThereIsNothingElse() throws IOException {
        assertThat(new StagedPointer(MANIFEST, new TreeMap<>()).encode()).isEqualTo(MANIFEST);
        assertThat(StagedPointer.decode(MANIFEST).bindings()).isEmpty();
        assertThat(StagedPointer.decode(MANIFEST).manifest()).isEqualTo(MANIFEST);
    }

    @Test
    void bindingsOfAnyLengthStandBeforeIt() throws IOException {
        TreeMap<String, String> bindings =
                new TreeMap<>(Map.of("firn.shop.binding.a", "1-7,".repeat(30_000), "firn.kühl.binding.b", "-"));

        StagedPointer decoded = StagedPointer.decode(new StagedPointer(MANIFEST, bindings).encode());

        assertThat(decoded.bindings()).isEqualTo(bindings);
        assertThat(decoded.manifest()).isEqualTo(MANIFEST);
    }
}
