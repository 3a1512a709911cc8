package dev.firn.definition.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTargetTest {

    @ParameterizedTest
    @CsvSource({
        "sales.orders,x,sales.orders",
        "sales.$stream,app-events.v1,sales.app_events_v1",
        "sales.$stream,2024,sales._2024",
        "sales.y$stream,2024,sales.y2024",
        "$1.$2,x,one.two_2",
        "sales.$1_raw,x,sales.one_raw",
        "sales.$stream$1,a,sales.aone"
    })
    void namesTheTable(String target, String stream, String table) {
        assertThat(RouteTarget.parse(target, 2).expand(stream, List.of("one", "two.2")))
                .isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource({"a.$3,2", "a.$1,0", "a.$0,2", "a.$99999999999,2", "a.$streams,2", "a.$,2", "a.$Stream,2", "a.${x},2"})
    void refusesWhatIsNotThere(String target, int groups) {
        assertThatExceptionOfType(InvalidRouteTarget.class).isThrownBy(() -> RouteTarget.parse(target, groups));
    }
}
