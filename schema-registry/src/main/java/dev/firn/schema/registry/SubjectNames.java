package dev.firn.schema.registry;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Under which subjects the schemas of values are, as far as the file says; travels in a job.
 *
 * @param pattern of a subject that the file does not name, with {@link #TOPIC} and {@link #RECORD} where those stand
 * @param named the subjects that it names, by topic
 */
public record SubjectNames(String pattern, Map<String, String> named) implements Serializable {

    public static final String TOPIC = "{topic}";

    /** The full name of a record. */
    public static final String RECORD = "{record}";

    /** Of the schemas of keys. */
    public static final SubjectNames OF_KEYS = new SubjectNames(TOPIC + "-key", Map.of());

    private static final long serialVersionUID = 1L;

    public SubjectNames {
        named = Map.copyOf(named);
    }

    /** Of schemas whose records have no names. */
    public SubjectGuess of(String topic) {
        return new SubjectGuess(of(Set.of(topic), ""), Set.copyOf(named.values()));
    }

    /** Those that a schema of some topics may have. */
    public Set<String> of(Collection<String> topics, String record) {
        SortedSet<String> subjects = new TreeSet<>();
        for (String topic : topics) {
            String own = named.get(topic);
            if (own != null) {
                subjects.add(own);
            }
            // Of a topic with records of several names only one can be named.
            if (own == null || pattern.contains(RECORD)) {
                subjects.add(pattern.replace(TOPIC, topic).replace(RECORD, record));
            }
        }
        if (!pattern.contains(TOPIC)) {
            subjects.add(pattern.replace(RECORD, record));
        }
        return subjects;
    }
}
