package dev.firn.schema.registry;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The subjects that a schema is likely to be under, where it is under several.
 *
 * @param topics that it may be of; none where they are not known
 */
public record LikelySubjects(SubjectNames names, Set<String> topics) {

    public LikelySubjects {
        topics = Set.copyOf(topics);
    }

    public static LikelySubjects ofAnyTopic(SubjectNames names) {
        return new LikelySubjects(names, Set.of());
    }

    /** Of the topics that have a schema, which are read alike. */
    public LikelySubjects ofTopicsWith(String definition, Map<String, String> schemas) {
        return new LikelySubjects(
                names,
                schemas.entrySet().stream()
                        .filter(topic -> topic.getValue().equals(definition))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    /** @param record its full name */
    public SubjectGuess of(String stream, String record) {
        return new SubjectGuess(names.of(Set.of(stream), record), names.of(topics, record));
    }
}
