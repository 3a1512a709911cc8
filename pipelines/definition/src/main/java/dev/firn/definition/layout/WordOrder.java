package dev.firn.definition.layout;

import dev.firn.definition.layout.Written.Group;
import dev.firn.definition.layout.Written.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where words have an order of their own: the sections of a file, and the words that say what an entry is before the others.
 * All else stays in the order of its author.
 */
final class WordOrder {

    private static final Map<String, List<String>> ORDERS = Map.ofEntries(
            Map.entry(
                    "", List.of("pipeline", "source", "route", "tables", "sink", "quarantine", "maintenance", "tests")),
            Map.entry("/pipeline", List.of("name")),
            Map.entry("/source", List.of("name", "type")),
            Map.entry("/source/-", List.of("name", "type")),
            Map.entry("/route/-", List.of("from")),
            Map.entry("/tables/-", List.of("table")),
            Map.entry("/sink", List.of("type")),
            Map.entry("/tests/-", List.of("name")));

    private WordOrder() {}

    /** The words that come first at a place, in their order. */
    static List<String> at(String path) {
        return ORDERS.getOrDefault(path, List.of());
    }

    static Document arranged(Document document) {
        return new Document(document.header(), arranged("", document.root()), document.footer(), document.comments());
    }

    private static Written arranged(String path, Written value) {
        if (!(value instanceof Group group)) {
            return value;
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : group.parts()) {
            String inside = path + "/" + part.key().map(Written.Leaf::text).orElse("-");
            parts.add(
                    ORDERS.keySet().stream().anyMatch(place -> place.startsWith(inside))
                            ? part.withValue(arranged(inside, part.value()))
                            : part);
        }
        return group.with(group.mapping() ? sorted(path, parts) : parts);
    }

    /** The section words keep to the places that they have among them; an entry's words go to its front. */
    private static List<Part> sorted(String path, List<Part> parts) {
        List<String> order = at(path);
        List<Part> known = parts.stream()
                .filter(part -> order.contains(part.name()))
                .sorted(Comparator.comparingInt(part -> order.indexOf(part.name())))
                .toList();
        List<Part> sorted = new ArrayList<>();
        if (path.isEmpty()) {
            int next = 0;
            for (Part part : parts) {
                sorted.add(order.contains(part.name()) ? known.get(next++) : part);
            }
        } else {
            sorted.addAll(known);
            parts.stream().filter(part -> !order.contains(part.name())).forEach(sorted::add);
        }
        return sorted.equals(parts) ? parts : spacedLike(parts, sorted);
    }

    /** Which parts an empty line parts is a matter of places, and not of what stands there. */
    private static List<Part> spacedLike(List<Part> before, List<Part> sorted) {
        List<Part> spaced = new ArrayList<>();
        for (int place = 0; place < sorted.size(); place++) {
            List<Remark> above = new ArrayList<>();
            if (Remark.startsWithEmptyLine(before.get(place).above())) {
                above.add(Remark.EMPTY_LINE);
            }
            above.addAll(Remark.withoutEmptyStart(sorted.get(place).above()));
            spaced.add(sorted.get(place).withAbove(above));
        }
        return spaced;
    }
}
