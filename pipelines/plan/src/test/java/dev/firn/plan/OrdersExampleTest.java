package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.plan.PlanText.Detail;
import dev.firn.plan.testing.Golden;
import dev.firn.plan.testing.Plans;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plan of {@code examples/orders}, made with connectors that stand in for the real ones. */
class OrdersExampleTest {

    private static final Path EXAMPLE = Path.of("../../examples/orders");
    private static final Path GOLDEN = Path.of("src/test/resources/orders");

    @Test
    void isTheJsonThatWasAgreed() {
        Golden.at(GOLDEN.resolve("plan.json")).isEqualTo(PlanJson.write(live()));
    }

    @Test
    void hasTheUidsThatSavepointsReferTo() {
        Golden.at(EXAMPLE.resolve("uids.txt")).isEqualTo(live().uids());
    }

    @ParameterizedTest
    @EnumSource
    void isTheScreenThatWasAgreed(Detail detail) {
        Golden.at(GOLDEN.resolve(detail.name().toLowerCase(Locale.ROOT) + ".txt"))
                .isEqualTo(PlanText.write(live(), detail));
        Golden.at(GOLDEN.resolve("offline-" + detail.name().toLowerCase(Locale.ROOT) + ".txt"))
                .isEqualTo(PlanText.write(offline(), detail));
    }

    @ParameterizedTest
    @EnumSource
    void fitsTheScreen(Detail detail) {
        assertThat(Stream.of(live(), offline())
                        .flatMap(plan -> PlanText.write(plan, detail).lines()))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void hasTheSameOperatorsOffline() {
        assertThat(offline().uids()).isEqualTo(live().uids());
    }

    private static PipelinePlan live() {
        return Plans.checked(Plans.definition(EXAMPLE.resolve("pipeline.yaml")))
                .value()
                .orElseThrow();
    }

    private static PipelinePlan offline() {
        return Plans.plan(Plans.definition(EXAMPLE.resolve("pipeline.yaml")), new OfflinePlanContext(Plans.CONNECTORS));
    }
}
