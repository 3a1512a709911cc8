package dev.firn.schema.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the subjects that a schema belongs to, and what other versions these have. Not thread-safe.
 *
 * <pre>
 *   id --/schemas/ids/7/versions--> orders-value 3, audit-value 1 --likely ones, longest history--> orders-value 3
 *      --/subjects/orders-value/versions--> 1, 2, 3, 4 --each one that is not known--> before: 1, 2   after: 4
 *      --the same without deleted ones--> 1, 3, 4                                        2 is deleted
 * </pre>
 *
 * <p>Deleted versions are asked for too. A schema that no version has any more is placed by its id among those of the first likely
 * subject that is there: ids count up as schemas are registered.
 */
final class SubjectHistory {

    /** Of the texts of schemas, in characters. */
    private static final long MOST_TEXT = 8L << 20;

    /** A thousand topics may have one schema. */
    private static final int MOST_SUBJECTS = 10;

    private final RegistryClient registry;
    private final KnownAnswers answers;

    /** The ids of versions, which never change; by subject and version. */
    private final Map<SubjectUse, Integer> ids = new HashMap<>();

    /** The subjects of schemas that are taken for registered, by their ids. */
    private final Map<Integer, String> supposed = new ConcurrentHashMap<>();

    SubjectHistory(RegistryClient registry) {
        this.registry = registry;
        this.answers = new KnownAnswers(registry.patience().time(), MOST_TEXT);
    }

    /** Takes a schema for the next version of a subject. */
    void suppose(int id, String subject) {
        supposed.put(id, subject);
    }

    /** The likeliest first; one at least. */
    List<SchemaHistory> ask(int id, SubjectGuess likely) throws RegistryConnection.Outage {
        String next = supposed.get(id);
        if (next != null) {
            return List.of(split(new SubjectUse(next, SchemaHistory.NO_NUMBER), registry.tryVersions(next), List.of()));
        }
        List<SchemaHistory> histories = new ArrayList<>();
        for (SubjectUse use : chosen(registry.tryUses(id), likely)) {
            histories.add(around(id, use));
        }
        return histories.isEmpty() ? List.of(withoutTheSchema(id, likely)) : histories;
    }

    private SchemaHistory withoutTheSchema(int id, SubjectGuess likely) throws RegistryConnection.Outage {
        Set<String> subjects = new LinkedHashSet<>(new TreeSet<>(likely.own()));
        subjects.addAll(new TreeSet<>(likely.alike()));
        for (String subject : subjects) {
            List<Integer> versions = registry.tryVersions(subject);
            if (!versions.isEmpty()) {
                int place = place(id, subject, versions);
                return split(
                        new SubjectUse(subject, SchemaHistory.NO_NUMBER),
                        versions.subList(0, place),
                        versions.subList(place, versions.size()));
            }
        }
        return SchemaHistory.NONE;
    }

    /**
     * The stream's own, then those of others that are read alike; where it is in none of these, one of those that it is in. Of several the
     * longest history first: a copy of a topic begins with what is newest.
     */
    private static List<SubjectUse> chosen(List<SubjectUse> uses, SubjectGuess likely) {
        List<SubjectUse> longest = uses.stream()
                .sorted(Comparator.comparingInt(SubjectUse::version).reversed().thenComparing(SubjectUse::subject))
                .toList();
        Map<String, SubjectUse> chosen = new LinkedHashMap<>();
        for (Set<String> subjects : List.of(likely.own(), likely.alike())) {
            longest.stream()
                    .filter(use -> subjects.contains(use.subject()))
                    .limit(MOST_SUBJECTS)
                    .forEach(use -> chosen.putIfAbsent(use.subject(), use));
        }
        return chosen.isEmpty()
                ? longest.stream().limit(1).toList()
                : chosen.values().stream().limit(MOST_SUBJECTS).toList();
    }

    private SchemaHistory around(int id, SubjectUse own) throws RegistryConnection.Outage {
        Integer known = ids.get(own);
        if (known != null && known != id) {
            // Somebody has removed the subject for good and begun anew.
            ids.keySet().removeIf(use -> use.subject().equals(own.subject()));
        }
        List<Integer> versions = registry.tryVersions(own.subject());
        return split(
                own,
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

    private SchemaHistory split(SubjectUse own, List<Integer> before, List<Integer> after)
            throws RegistryConnection.Outage {
        String subject = own.subject();
        Set<Integer> standing =
                before.isEmpty() && after.isEmpty() ? Set.of() : Set.copyOf(registry.tryStanding(subject));
        return new SchemaHistory(told(subject, before, standing), told(subject, after, standing), own);
    }

    private List<SchemaHistory.Version> told(String subject, List<Integer> versions, Set<Integer> standing)
            throws RegistryConnection.Outage {
        List<SchemaHistory.Version> told = new ArrayList<>();
        for (int version : versions) {
            RegistryAnswer answer = answer(new SubjectUse(subject, version));
            told.add(new SchemaHistory.Version(answer, !standing.contains(version), version));
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
