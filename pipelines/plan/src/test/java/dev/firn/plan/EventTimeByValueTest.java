package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.plan.testing.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of tables that a value names a file is refused where two entries may meet, and only there. */
class EventTimeByValueTest {

    private static final String EVENT_TIME = "event-time: {column: placed_at, late-after: 2d}";
    private static final String UNIQUE = "unique: {key: order_id, within: 1h, time: placed_at}";

    private static List<Diagnostic> said(String... entries) {
        StringBuilder text = new StringBuilder(
                "route: [{from: orders, by: region, to: crm.$by}," + " {from: refunds, to: shop.refunds}]\ntables:\n");
        for (String entry : entries) {
            text.append("  - {").append(entry).append("}\n");
        }
        return Plans.checked(text.toString()).diagnostics();
    }

    private static Optional<String> fix(String... entries) {
        List<Diagnostic> said = said(entries);
        assertThat(said).singleElement().extracting(Diagnostic::code).isEqualTo(PlanCode.EVENT_TIME_UNSUITED);
        return said.get(0).fix();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'crm.xy*'", "'/crm\\.xy[a-z]/'"})
    void aColumnThatAnEntryAroundItMakesIsThere(String within) {
        assertThat(said(
                        "table: 'crm.x*', set: {at: 'placed_at'}",
                        "table: " + within + ", event-time: {column: at, late-after: 2d}"))
                .as("of an expression it is not known to be around it")
                .filteredOn(diagnostic -> diagnostic.severity() != Severity.WARNING || within.endsWith("*"))
                .isEmpty();
    }

    @Test
    void anEntryAroundItMayHaveTakenUpsertBack() {
        assertThat(said(
                        "table: 'crm.*', write: upsert, key: order_id",
                        "table: 'crm.x*', write: append",
                        "table: 'crm.xy*', " + EVENT_TIME,
                        "table: 'crm.*z', sort-by: placed_at"))
                .filteredOn(diagnostic -> diagnostic.code() != PlanCode.KEY_UNUSED)
                .isEmpty();
    }

    @Test
    void namesThatMeetNowhereMayHaveOneEach() {
        assertThat(said(
                        "table: 'crm.a*', " + EVENT_TIME,
                        "table: 'crm.b*', write: upsert, key: order_id",
                        "table: 'crm.c*', " + UNIQUE))
                .isEmpty();
    }

    @Test
    void whereTwoMeetItIsSaidWhichOneIsToSayWhat() {
        assertThat(fix("table: 'crm.a*', " + EVENT_TIME, "table: 'crm.*z', write: upsert, key: order_id"))
                .contains("take out `event-time`, or say `write: append`, or name tables so that none has both");
        assertThat(fix("table: 'crm.*', write: upsert, key: order_id", "table: '/crm\\.(eu)/', " + EVENT_TIME))
                .contains(
                        "take out `event-time`, or say `write: append` in the entry `/crm\\.(eu)/`, or write names, or"
                                + " names with `*`, in place of `/crm\\.(eu)/`: of an expression it is not known which tables it"
                                + " selects");
    }

    /** Nobody can say that they select no table in common; what is said to be done about it does help. */
    @Test
    void twoExpressionsAreRefusedWithWhatHelps() {
        assertThat(fix("table: '/crm\\.(eu)/', " + EVENT_TIME, "table: '/crm\\.(us)/', write: upsert, key: order_id"))
                .contains("take out `event-time`, or put the entry `/crm\\.(eu)/` behind `/crm\\.(us)/` and say"
                        + " `write: append` in it, or write names, or names with `*`, in place of `/crm\\.(us)/`: of an"
                        + " expression it is not known which tables it selects");
        assertThat(said(
                        "table: '/crm\\.(us)/', write: upsert, key: order_id",
                        "table: '/crm\\.(eu)/', write: append, " + EVENT_TIME))
                .isEmpty();

        assertThat(fix("table: '/crm\\.(eu)/', " + EVENT_TIME, "table: '/crm\\.(us)/', " + UNIQUE))
                .contains(
                        "take out one of the two, or write names, or names with `*`, in place of `/crm\\.(us)/`: of an"
                                + " expression it is not known which tables it selects");
        assertThat(said("table: crm.eu, " + EVENT_TIME, "table: crm.us, " + UNIQUE))
                .isEmpty();
    }

    @Test
    void tablesThatAreThereAreAskedWhatTheyAre() {
        assertThat(
                        Plans.messages(
                                Plans.checked(
                                        """
                        pipeline: {name: goes_on_without}
                        route: [{from: orders, by: region, to: there.$by}, {from: refunds, to: shop.refunds}]
                        tables: [{table: "there.*", event-time: {column: placed_at, late-after: 2d}}]
                        """)))
                .containsExactlyInAnyOrder(
                        "`there.orders_sorted` waits for a decision about a schema, or for what has waited, and it would"
                                + " depend on the moment which rows are late",
                        "`there.orders` is detached, and it would depend on the moment which rows are late",
                        "`placed_at` of the table that is there is of type string, which does not say when an event"
                                + " happened");
    }

    /** Most producers may send it still, and those that do not are told by their records. */
    @ParameterizedTest
    @ValueSource(strings = {"to: there.orders_by_month", "by: reason, to: there.orders_by_$by"})
    void aColumnThatOnlyTheTableHasIsADanger(String to) {
        assertThat(Plans.checked("route: [{from: orders, to: shop.orders}, {from: refunds, " + to + "}]\n"
                                + "tables: [{table: 'there.*', " + EVENT_TIME + "}]")
                        .diagnostics())
                .filteredOn(diagnostic -> diagnostic.code() == PlanCode.EVENT_TIME_UNSUITED)
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.severity().word()).isEqualTo("danger");
                    assertThat(diagnostic.message())
                            .isEqualTo("`there.orders_by_month` has the column `placed_at`, which the stream's latest"
                                    + " schema lacks: records of that schema go to quarantine, for none of them would be"
                                    + " late");
                });
    }
}
