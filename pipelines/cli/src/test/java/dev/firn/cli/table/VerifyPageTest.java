package dev.firn.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableCheck.Finding;
import dev.firn.spi.inspection.TableCheck.Looked;
import dev.firn.spi.inspection.TableCheck.Unasked;
import dev.firn.spi.schema.TableName;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyPageTest {

    private static final Finding GONE = new Finding(
            "missing-data-file",
            "s3://lake/a\u001b[2J.parquet",
            "it is not there",
            "the 20 rows in it can't be read",
            List.of(1L, 2L, 3L, 4L, 5L),
            false,
            List.of("branch audit"));

    @Test
    void aFindingNamesTheFileAndWhomItHurts() {
        assertThat(new VerifyPage(check(List.of(GONE), List.of())).text())
                .isEqualTo(
                        """
                        shop.orders: 1 fault
                          looked at 5 snapshots, 4 manifests, 3 files
                          1 snapshot did not say how many files there should be: whether a manifest list has lost its end is
                          not known

                          missing-data-file
                            s3://lake/a?[2J.parquet
                            it is not there: the 20 rows in it can't be read
                            does not hurt the current snapshot; hurts branch audit; in all 5 snapshots, the newest are 2, 3,
                            4, 5
                        """);
    }

    @Test
    void ofVeryManyFindingsTheFirstAreShown() {
        VerifyPage page = new VerifyPage(check(Collections.nCopies(1_021, GONE), List.of()));

        assertThat(page.text().split("\n  missing-data-file\n", -1)).hasSize(21);
        assertThat(page.text()).endsWith("\n  1,001 more of missing-data-file; `--format json` has all\n");
        assertThat(page.json().split("missing-data-file", -1)).hasSize(1_022);
    }

    @Test
    void aFileThatCouldNotBeAskedForIsNoFault() {
        TableCheck check = check(List.of(), List.of(new Unasked("s3://other/b.parquet", "forbidden")));

        assertThat(check.isWhole()).isTrue();
        assertThat(new VerifyPage(check).text())
                .startsWith("shop.orders: what could be looked at is there\n")
                .endsWith(
                        """

                          not known
                            s3://other/b.parquet
                            the storage did not say whether it is there: forbidden
                        """);
    }

    private static TableCheck check(List<Finding> findings, List<Unasked> unasked) {
        return new TableCheck(new TableName("shop.orders"), new Looked(5, 5, 4, 3, 0, 1), findings, unasked);
    }
}
