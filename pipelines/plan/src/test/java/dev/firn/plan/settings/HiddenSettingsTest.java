package dev.firn.plan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.plan.testing.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenSettingsTest {

    private static final String ROUTE = "route: [{from: orders, to: sales.orders}, {from: refunds, to: crm.refunds}]\n";

    @Test
    void saysWhatALaterMoreGeneralEntryHides() {
        assertThat(hidden("{table: sales.orders, commit-interval: 1m}", "{table: '*', commit-interval: 5m}"))
                .containsExactly(
                        "`commit-interval: 1m` does not hold: line 4 says `5m` for `*`, and a later entry wins");
        assertThat(hidden("{table: sales.orders, sort-by: sku}", "{table: /.*/, sort-by: [region, sku]}"))
                .containsExactly(
                        "`sort-by: sku` does not hold: line 4 says `region, sku` for `/.*/`, and a later entry wins");
    }

    @Test
    void namesTheTableWhereTheEarlierEntrySelectsMore() {
        assertThat(hidden("{table: '*.orders', sort-by: sku}", "{table: '*', sort-by: ''}"))
                .containsExactly(
                        "`sort-by: sku` does not hold for `sales.orders`: line 4 says `\"\"` for `*`, and a later"
                                + " entry wins");
    }

    @Test
    void isSilentWhereTheLaterEntryIsAsSpecificOrMore() {
        assertThat(hidden("{table: '*', commit-interval: 1m}", "{table: sales.orders, commit-interval: 5m}"))
                .isEmpty();
        assertThat(hidden("{table: sales.orders, commit-interval: 1m}", "{table: sales.orders, commit-interval: 5m}"))
                .isEmpty();
        assertThat(hidden("{table: '*', commit-interval: 1m}", "{table: 'sales.*', commit-interval: 5m}"))
                .isEmpty();
        assertThat(hidden("{table: sales.*, commit-interval: 1m}", "{table: '*.orders', commit-interval: 5m}"))
                .isEmpty();
    }

    @Test
    void isSilentWhereBothDoNotSelectOneTable() {
        assertThat(hidden("{table: sales.orders, commit-interval: 1m}", "{table: 'crm.*', commit-interval: 5m}"))
                .isEmpty();
    }

    @Test
    void isSilentWhereBothSayTheSame() {
        assertThat(hidden("{table: sales.orders, commit-interval: 1m}", "{table: '*', commit-interval: 1m}"))
                .isEmpty();
    }

    @Test
    void isSilentWhereSomethingSpecificWinsInTheEnd() {
        assertThat(hidden(
                        "{table: sales.orders, commit-interval: 1m}",
                        "{table: '*', commit-interval: 5m}",
                        "{table: sales.orders, commit-interval: 2m}"))
                .isEmpty();
    }

    @Test
    void looksAtEachKeyOfAMapping() {
        assertThat(hidden(
                        "{table: sales.orders, hold: {for: 1h, bytes: 1GiB}, properties: {a: x, b: y}}",
                        "{table: '*', hold: {bytes: 2GiB}, properties: {b: z, c: x}}"))
                .containsExactly(
                        "`hold.bytes: 1GiB` does not hold: line 4 says `2GiB` for `*`, and a later entry wins",
                        "`properties.b: y` does not hold: line 4 says `z` for `*`, and a later entry wins");
    }

    private static List<String> hidden(String... entries) {
        String tables = "tables:\n  - " + String.join("\n  - ", entries) + "\n";
        return Plans.checked(ROUTE + tables).diagnostics().stream()
                .filter(complaint -> complaint.code().code().equals("hidden-setting"))
                .map(complaint -> complaint.message())
                .toList();
    }
}
