package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.TopicRules;
import dev.firn.definition.selector.Selector;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a file selects among the topics of a cluster, and what it selected when the job was made: a job reads these to its end. Serialized with the job.
 *
 * @param by what selects; none of a source whose topics are all named
 * @param exclude what is not read all the same
 * @param read those that the job reads and the file does not name
 */
public record SelectedTopics(List<Selector> by, List<Selector> exclude, Set<String> read) implements Serializable {

    static final SelectedTopics NONE = new SelectedTopics(List.of(), List.of(), Set.of());

    public SelectedTopics {
        by = List.copyOf(by);
        exclude = List.copyOf(exclude);
        read = Set.copyOf(read);
    }

    /** @param topics all that the job reads */
    static SelectedTopics of(KafkaOptions options, Collection<String> topics) {
        Set<String> read = new HashSet<>(topics);
        options.topics().forEach(read::remove);
        return new SelectedTopics(
                options.topics().stream()
                        .filter(TopicRules::isPattern)
                        .map(Selector::parse)
                        .toList(),
                options.exclude().orElse(List.of()),
                read);
    }

    boolean isNone() {
        return by.isEmpty();
    }

    /** Those of these topics that a job would read that is made now, as far as the file does not name them. */
    Set<String> among(Collection<String> topics) {
        return topics.stream()
                .filter(topic -> by.stream().anyMatch(selector -> selector.matches(topic)))
                .filter(topic -> exclude.stream().noneMatch(selector -> selector.matches(topic)))
                .collect(Collectors.toSet());
    }
}
