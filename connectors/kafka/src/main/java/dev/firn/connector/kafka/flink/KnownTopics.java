package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.spi.record.Split;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a reader reads, each under the id that it had when it was opened. The consumer learns of another id
 * before it reads a record of that other topic, so looking after each poll is early enough.
 */
final class KnownTopics {

    private final TopicIds brokers;
    private final Function<String, @Nullable String> consumer;
    private final StartRules rules;
    private final Map<String, String> ids = new HashMap<>();

    /**
     * @param brokers asked where it matters
     * @param consumer the id that the consumer reads a topic under, null where it has not heard of one
     */
    KnownTopics(TopicIds brokers, Function<String, @Nullable String> consumer, StartRules rules) {
        this.brokers = brokers;
        this.consumer = consumer;
        this.rules = rules;
    }

    /** The ids of topics that are about to be read; refuses one that is another topic than before. */
    Map<String, String> open(Set<String> topics) throws ClusterFailure {
        Map<String, String> live = brokers.of(topics);
        live.forEach((topic, id) -> {
            String before = ids.putIfAbsent(topic, id);
            if (before != null && !before.equals(id)) {
                throw rules.recreated(topic, before, id);
            }
        });
        return live;
    }

    /** Refuses what was just polled if the consumer reads another topic of the same name by now. */
    void requireSame(Collection<OpenSplit> splits) throws ClusterFailure {
        for (Map.Entry<String, String> known : ids.entrySet()) {
            String read = consumer.apply(known.getKey());
            if (read != null && !read.equals(known.getValue())) {
                Split any = splits.stream()
                        .map(OpenSplit::split)
                        .filter(split -> split.stream().equals(known.getKey()))
                        .findFirst()
                        .orElseThrow();
                requireSame(any);
            }
        }
    }

    /** Refuses a split whose topic is another one at the brokers by now. */
    void requireSame(Split split) throws ClusterFailure {
        String live = brokers.of(Set.of(split.stream())).get(split.stream());
        if (live != null && !live.equals(split.incarnation())) {
            throw rules.recreated(split.stream(), split.incarnation(), live);
        }
    }
}
