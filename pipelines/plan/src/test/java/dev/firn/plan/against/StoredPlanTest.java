package dev.firn.plan.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredPlanTest {

    private static final String PLAN = Example.json("route: [{from: orders, by: region, to: \"there.x_$by\"},"
            + " {from: refunds, to: [sales.refunds, audit.refunds]}]");

    @Test
    void readsWhatAPlanWrites() {
        StoredPlan plan = Example.read(PLAN);

        assertThat(plan.pipeline()).isEqualTo("shop");
        assertThat(plan.tablesOf("kafka", "refunds")).containsExactly("audit.refunds", "sales.refunds");
        assertThat(plan.tablesOf("kafka", "orders")).containsExactly("there.x_$by");
        assertThat(plan.sources()).hasEntrySatisfying("kafka", source -> assertThat(
                        source.settings().of("format.registry.url"))
                .contains("http://registry"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                          | is empty; `firn plan --format json FILE` writes one
            pipeline: {name: shop}      | is no JSON: it breaks off at line 1, column 9; `firn plan --format json FILE` writes one
            [1, 2]                      | is JSON, but no plan: it has no `pipeline`; `firn plan --format json FILE` writes one
            {"version": 1}              | is JSON, but no plan: it has no `pipeline`; `firn plan --format json FILE` writes one
            {"pipeline": "shop"}        | is JSON, but no plan: it has no `version`; `firn plan --format json FILE` writes one
            {"version": 1, "pipeline": "shop"} | is JSON, but no plan: the plan has no `sink` that is an object; `firn plan --format json FILE` writes one
            {"version": 2, "pipeline": "shop"} | is a plan of version 2, and this Firn reads version 1: write it again with the Firn that runs it, or take that one to compare
            """)
    void saysWhyATextIsNoPlan(String text, String message) {
        assertThatExceptionOfType(NotAPlan.class)
                .isThrownBy(() -> StoredPlan.read(text))
                .withMessage(message);
    }

    @Test
    void saysWhereAPlanIsCutOff() {
        assertThatExceptionOfType(NotAPlan.class)
                .isThrownBy(() -> StoredPlan.read(PLAN.substring(0, PLAN.indexOf("routes"))))
                .withMessageMatching(
                        "is cut off: it ends in the middle of the JSON, at line \\d+, column \\d+; `firn plan.*");
    }

    @Test
    void knowsAPlanThatIsCutOffWhereverItIs() {
        for (int length = 1; length < PLAN.lastIndexOf('}'); length++) {
            String cut = PLAN.substring(0, length);
            assertThatExceptionOfType(NotAPlan.class)
                    .as(cut)
                    .isThrownBy(() -> StoredPlan.read(cut))
                    .withMessageStartingWith("is cut off: ");
        }
    }

    /** Whatever stands in a plan may be missing in one that somebody edited; it is told, and is no fault of ours. */
    @Test
    void refusesAPlanWithoutOneOfItsParts() {
        for (String part : new String[] {"sources", "routes", "tables", "sink", "streams", "options", "ledger"}) {
            assertThatExceptionOfType(NotAPlan.class)
                    .as(part)
                    .isThrownBy(() -> StoredPlan.read(PLAN.replace("\"" + part + "\"", "\"other\"")))
                    .withMessageContaining("`" + part + "`");
        }
    }

    @Test
    void refusesWhatStandsBehindAPlan() {
        assertThatExceptionOfType(NotAPlan.class)
                .isThrownBy(() -> StoredPlan.read(PLAN + "{}"))
                .withMessageStartingWith("is no JSON: ");
    }
}
