package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The quickstart's numbers add up: they are deterministic, so they are asserted to the last one. */
class QuickstartIT {

    @Test
    void accountsForEveryRecord() {
        Firn.Answer answer = Firn.runAlone(
                Map.of(),
                "quickstart",
                "--folder",
                Stack.folder().resolve(Stack.unique("quickstart")).toString());

        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        assertThat(words(answer.out()))
                .contains(
                        "read 80,012 20,000 100,012",
                        "written to Iceberg 80,000 20,000 100,000",
                        "quarantined 12 0 12",
                        "shop.orders, read back from Iceberg (3 of 80,000)",
                        "60000 2026-01-08 11:59:56.649449 333.17 5 - frances.3911@example.org",
                        "60001 2026-01-08 12:00:05.374099 425.13 12 SNOW10 frances.4626@example.org",
                        "ops.quarantine (12), raw bytes kept")
                .anyMatch(line -> line.matches("lost, doubled 0, 0 0, 0 0, 0 balanced, \\d+ epochs?"))
                .anyMatch(line -> line.matches("5 truncated-payload first at orders-\\d @ [\\d,]+"))
                .anyMatch(line -> line.matches("3 wrong-magic-byte first at orders-\\d @ [\\d,]+"))
                .anyMatch(line -> line.matches("4 unknown-schema-id first at orders-\\d @ [\\d,]+"))
                .anyMatch(
                        line -> line.endsWith(
                                " orders v2 registered: new field `coupon`, `quantity` int -> long; produced 20,000 orders with it"))
                .anyMatch(line ->
                        line.endsWith(" shop.orders changed while running: + coupon string, quantity is now long"))
                .anyMatch(
                        line -> line.matches(
                                "\\d\\d:\\d\\d plan: create shop.orders \\(14 columns, day\\(placed_at\\)\\) and shop.refunds \\(6 columns\\)"));
        assertThat(answer.err()).isEmpty();
    }

    private static List<String> words(String screen) {
        return screen.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }
}
