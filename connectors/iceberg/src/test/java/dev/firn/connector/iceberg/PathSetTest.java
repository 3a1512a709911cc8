package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathSetTest {

    @Test
    void countsEachPathThatComesAgain() {
        PathSet paths = new PathSet();
        for (int i = 0; i < 100_000; i++) {
            paths.add("s3://lake/data/" + i + ".parquet");
        }
        assertThat(paths.twice()).isZero();

        paths.add("s3://lake/data/7.parquet");
        paths.add("s3://lake/data/99999.parquet");
        assertThat(paths.twice()).isEqualTo(2);
    }
}
