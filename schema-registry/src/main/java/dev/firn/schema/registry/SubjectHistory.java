package dev.firn.schema.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the subject that a schema belongs to, and what other versions that has. Not thread-safe.
 *
 * <pre>
 *   id --/schemas/ids/7/versions--> orders-value 3, audit-value 1 --likely ones, longest history--> orders-value 3
 *      --/subjects/orders-value/versions--> 1, 2, 3, 4 --each one that is not known--> before: 1, 2   after: 4
 * </pre>
 *
 * <p>Deleted versions are asked for too. A schema that no version has any more is placed by its id among those of the first likely
 * subject that is there: ids count up as schemas are registered.
 */
final class SubjectHistory {

    /** Of the texts of schemas, in characters. */
    private static final long MOST_TEXT = 8L << 20;

    private final RegistryClient registry;
    private final KnownAnswers answers;

    /** The ids of versions, which never change; by subject and version. */
    private final Map<SubjectUse, Integer> ids = new HashMap<>();

    SubjectHistory(RegistryClient registry) {
        this.registry = registry;
        this.answers = new KnownAnswers(registry.patience().time(), MOST_TEXT);
    }

    /** @param likely subjects of the schema, where it is under several */
    SchemaHistory ask(int id, Set<String> likely) throws RegistryConnection.Outage {
        Optional<SubjectUse> use = chosen(registry.tryUses(id), likely);
        if (use.isPresent()) {
            return around(id, use.get());
        }
        for (String subject : likely.stream().sorted().toList()) {
            List<Integer> versions = registry.tryVersions(subject);
            if (!versions.isEmpty()) {
                int place = place(id, subject, versions);
                return split(subject, versions.subList(0, place), versions.subList(place, versions.size()));
            }
        }
        return SchemaHistory.NONE;
    }

    /** Of several that are as likely the one with the longest history: a copy of a topic begins with what is newest. */
    private static Optional<SubjectUse> chosen(List<SubjectUse> uses, Set<String> likely) {
        boolean anyLikely = uses.stream().anyMatch(use -> likely.contains(use.subject()));
        return uses.stream()
                .filter(use -> !anyLikely || likely.contains(use.subject()))
                .max(Comparator.comparingInt(SubjectUse::version)
                        .thenComparing(SubjectUse::subject, Comparator.reverseOrder()));
    }

    private SchemaHistory around(int id, SubjectUse own) throws RegistryConnection.Outage {
        Integer known = ids.get(own);
        if (known != null && known != id) {
            // Somebody has removed the subject for good and begun anew.
            ids.keySet().removeIf(use -> use.subject().equals(own.subject()));
        }
        List<Integer> versions = registry.tryVersions(own.subject());
        return split(
                own.subject(),
                versions.stream().filter(version -> version < own.version()).toList(),
                versions.stream().filter(version -> version > own.version()).toList());
    }

    /** Where a schema stands that is none of a subject's versions: what was registered after it is behind it. */
    private int place(int id, String subject, List<Integer> versions) throws RegistryConnection.Outage {
        for (int place = 0; place < versions.size(); place++) {
            SubjectUse use = new SubjectUse(subject, versions.get(place));
            answer(use);
            Integer other = ids.get(use);
            if (other != null && other > id) {
                return place;
            }
        }
        return versions.size();
    }

    private SchemaHistory split(String subject, List<Integer> before, List<Integer> after)
            throws RegistryConnection.Outage {
        return new SchemaHistory(answers(subject, before), answers(subject, after));
    }

    private List<RegistryAnswer> answers(String subject, List<Integer> versions) throws RegistryConnection.Outage {
        List<RegistryAnswer> told = new ArrayList<>();
        for (int version : versions) {
            told.add(answer(new SubjectUse(subject, version)));
        }
        return told;
    }

    private RegistryAnswer answer(SubjectUse use) throws RegistryConnection.Outage {
        Integer id = ids.get(use);
        if (id != null && answers.isForGood(id)) {
            return answers.last(id).orElseThrow();
        }
        SubjectVersion told = registry.tryVersion(use.subject(), use.version());
        OptionalInt own = told.id();
        if (own.isPresent()) {
            ids.put(use, own.getAsInt());
            answers.put(own.getAsInt(), told.answer());
        }
        return told.answer();
    }
}
