package dev.firn.definition;

import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.Meant;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells an option that is unknown where it stands where it belongs, if there is one such place only. */
final class Misplaced {

    /** A place for options, in words. */
    private record Place(String words, Class<? extends Record> type) {}

    private final List<Place> places;
    private final Map<SourceSpan, String> keys = new HashMap<>();

    Misplaced(Node root, Components components) {
        this.places = Stream.of(
                        Stream.of(new Place("`pipeline:`", PipelineOptions.class)),
                        all("source", components),
                        Stream.of(
                                new Place("a line of `route:`", RouteOptions.class),
                                new Place("an entry of `tables:`", TableOptions.class)),
                        all("sink", components),
                        Stream.of(
                                new Place("`quarantine:`", QuarantineOptions.class),
                                new Place("`maintenance:`", MaintenanceOptions.class)))
                .flatMap(each -> each)
                .toList();
        collect(root);
    }

    private static Stream<Place> all(String kind, Components components) {
        return components.types(kind).stream()
                .sorted()
                .flatMap(type -> components.options(kind, type).stream())
                .map(type -> new Place("`" + kind + ":`", type));
    }

    private void collect(Node node) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                keys.put(entry.key().span(), entry.key().text());
                collect(entry.value());
            }
        } else if (node instanceof Node.Sequence list) {
            list.items().forEach(this::collect);
        }
    }

    Diagnostic placed(Diagnostic diagnostic) {
        return diagnostic.code() == DefinitionCode.UNKNOWN_OPTION
                        && diagnostic.fix().isEmpty()
                ? Optional.ofNullable(keys.get(diagnostic.span()))
                        .flatMap(this::belongs)
                        .map(diagnostic::fixedBy)
                        .orElse(diagnostic)
                : diagnostic;
    }

    private Optional<String> belongs(String key) {
        Optional<String> section = Sections.named(key);
        if (section.isPresent()) {
            return section.map(name -> "move `" + name + ":` to the start of a line: it is a section of its own");
        }
        List<String> found = places.stream()
                .flatMap(place -> Meant.under(place.words(), key, place.type()).stream())
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
