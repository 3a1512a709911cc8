package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.selector.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewTopicsTest {

    private static final SelectedTopics CLICKS = new SelectedTopics(
            List.of(Selector.parse("/clicks_\\d+/"), Selector.parse("app*")),
            List.of(Selector.parse("*_test")),
            Set.of("clicks_1"));

    private final NewTopics topics = new NewTopics("events", CLICKS, List.of("orders", "clicks_1"));

    @Test
    void areThoseThatTheFileSelectsAndTheJobDoesNotRead() {
        assertThat(topics.areLookedFor()).isTrue();
        topics.look(Set.of("orders", "clicks_1", "refunds", "app_test"));
        assertThat(topics.count()).isZero();

        topics.look(Set.of("orders", "clicks_1", "clicks_2", "app", "app_test"));
        assertThat(topics.count()).isEqualTo(2);

        topics.look(Set.of("orders", "clicks_2"));
        assertThat(topics.count()).as("one is gone").isEqualTo(1);
    }

    @Test
    void areNotLookedForWhereAllAreNamed() {
        assertThat(new NewTopics("events", SelectedTopics.NONE, List.of("orders")).areLookedFor())
                .isFalse();
    }
}
