package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;

/** Holds the options that a file gives against the word behind {@code type}, where a record's options go with some of its words only. */
final class TypeRules {

    private static final String TYPE = "type";

    private TypeRules() {}

    /** Answers whether all of them go with it. */
    static boolean check(Node.Mapping node, List<Option> options, Object type, Diagnostics diagnostics) {
        String word = Option.word((Enum<?>) type);
        boolean fine = true;
        for (Option option : options) {
            Optional<OfType> types = option.ofType();
            if (types.isEmpty()) {
                continue;
            }
            Optional<Node.Scalar> key = key(node, option.name());
            if (key.isPresent() && !List.of(types.get().value()).contains(word)) {
                diagnostics.report(Complaints.withoutUse(key.get(), word, types.get()));
                fine = false;
            }
            if (key.isEmpty() && List.of(types.get().required()).contains(word)) {
                diagnostics.report(Complaints.missing(option, node.span()));
                fine = false;
            }
        }
        return fine;
    }

    private static Optional<Node.Scalar> key(Node.Mapping node, String name) {
        return node.entries().stream()
                .map(Node.Entry::key)
                .filter(key -> key.text().equals(name))
                .findFirst();
    }

    static boolean isType(Option option) {
        return option.name().equals(TYPE) && Option.rawType(option.type()).isEnum();
    }
}
