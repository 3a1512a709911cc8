package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.plan.testing.Plans;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanHelpPageTest {

    /** What the file alone can't get wrong. */
    private static final Set<PlanCode> OF_THE_WORLD = Set.of(
            PlanCode.CATALOG_UNREACHABLE,
            PlanCode.COLUMN_NOT_IN_SCHEMA,
            PlanCode.COLUMN_TYPE_DIFFERS,
            PlanCode.PARTITIONING_DIFFERS,
            PlanCode.RESERVED_COLUMN_NAME,
            PlanCode.SCHEMA_NOT_PULLED,
            PlanCode.SORT_ORDER_DIFFERS,
            PlanCode.TABLE_LACKS_COLUMN,
            PlanCode.TABLE_PROPERTY_DIFFERS,
            PlanCode.TABLE_REQUIRES_COLUMN,
            PlanCode.TABLE_UNREADABLE);

    @ParameterizedTest
    @EnumSource
    void existsForEveryCode(PlanCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        assertThat(page).startsWith("# " + code.code() + "\n\n");
        assertThat(page.lines().count()).isBetween(8L, 40L);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @EnumSource
    void showsAWrongExampleThatGetsThisCodeAndARightOneThatGetsNone(PlanCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        assertThat(example(page, "Wrong").isPresent()).isEqualTo(!OF_THE_WORLD.contains(code));
        assertThat(example(page, "Right").isPresent()).isEqualTo(!OF_THE_WORLD.contains(code));
        example(page, "Wrong")
                .ifPresent(yaml -> assertThat(Plans.codes(Plans.checked(yaml))).containsOnly(code.code()));
        example(page, "Right")
                .ifPresent(yaml -> assertThat(Plans.codes(Plans.checked(yaml))).isEmpty());
    }

    private static Optional<String> example(String page, String heading) {
        Matcher matcher = Pattern.compile("## " + heading + "\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
