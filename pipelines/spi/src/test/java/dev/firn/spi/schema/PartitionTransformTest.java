package dev.firn.spi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTransformTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"region", "year(at)", "month(at)", "day(at)", "hour(at)", "bucket(id, 16)", "truncate(sku, 4)"})
    void readsWhatItPrints(String text) {
        assertThat(PartitionTransform.parse(text).map(PartitionTransform::toString))
                .contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily(at)",
                "bucket(id)",
                "bucket(id, 0)",
                "bucket(16, id)",
                "day(at, 3)",
                "identity(id)",
                "day(at",
                "a b"
            })
    void refusesWhatIsNoTransform(String text) {
        assertThat(PartitionTransform.parse(text)).isEmpty();
    }

    @Test
    void allowsSpacesInsideTheParentheses() {
        assertThat(PartitionTransform.parse(" bucket( id ,16 ) "))
                .isEqualTo(Optional.of(new PartitionTransform(PartitionTransform.Kind.BUCKET, "id", 16)));
    }
}
