package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.iceberg.GenericManifestFile;
import org.apache.iceberg.GenericPartitionFieldSummary;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFile.PartitionFieldSummary;
import org.apache.iceberg.ManifestFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagedManifestTest {

    private static final String PATH =
            "s3://lake/shop.db/orders/metadata/firn-shop-7-0-6c1f0b61-4a56-4d39-9f7a-0f6c4f3bb0f2.avro";

    @Test
    void saysAllThatIcebergsOwnPointerSays() throws IOException {
        for (ManifestFile manifest : List.of(
                manifest(null),
                manifest(null, field(false, false, number(20_000), number(20_001))),
                manifest(null, field(true, true, null, null), field(true, false, ByteBuffer.allocate(0), number(1))))) {
            ManifestFile decoded = StagedManifest.decode(StagedManifest.encode(manifest));

            // Iceberg's encoding of what we have decoded is the same as that of what we were given.
            assertThat(ManifestFiles.encode(decoded)).isEqualTo(ManifestFiles.encode(manifest));
        }
    }

    @Test
    void isAFractionOfIcebergsPointer() throws IOException {
        ManifestFile manifest = manifest(null, field(false, false, number(20_000), number(20_001)));

        assertThat(StagedManifest.encode(manifest)).hasSizeLessThan(PATH.length() + 60);
        assertThat(ManifestFiles.encode(manifest)).hasSizeGreaterThan(2_000);
    }

    @Test
    void readsThePointersOfOlderLedgers() throws IOException {
        ManifestFile manifest = manifest(null, field(true, false, number(1), number(2)));

        ManifestFile decoded = StagedManifest.decode(ManifestFiles.encode(manifest));

        assertThat(ManifestFiles.encode(decoded)).isEqualTo(ManifestFiles.encode(manifest));
    }

    @Test
    void leavesToIcebergWhatOurWritersDoNotMake() throws IOException {
        ManifestFile encrypted = manifest(number(4711));

        ManifestFile decoded = StagedManifest.decode(StagedManifest.encode(encrypted));

        assertThat(decoded.keyMetadata()).isEqualTo(number(4711));
    }

    private static ManifestFile manifest(@Nullable ByteBuffer key, PartitionFieldSummary... fields) {
        return new GenericManifestFile(
                PATH,
                6_123,
                3,
                ManifestContent.DATA,
                -1,
                -1,
                null,
                2,
                1_234_567_890_123L,
                0,
                0,
                0,
                0,
                List.of(fields),
                key);
    }

    private static PartitionFieldSummary field(
            boolean containsNull, boolean containsNan, @Nullable ByteBuffer lower, @Nullable ByteBuffer upper) {
        return new GenericPartitionFieldSummary(containsNull, containsNan, lower, upper);
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }
}
