package dev.firn.definition.layout;

import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether two trees say the same, wherever their values stand. */
final class SameTree {

    private SameTree() {}

    static boolean is(Node one, Node other) {
        return is("", one, other);
    }

    private static boolean is(String path, Node one, Node other) {
        if (one instanceof Node.Scalar text && other instanceof Node.Scalar same) {
            return text.text().equals(same.text())
                    && (text.quoted() == same.quoted() || !PlainText.isAmbiguous(text.text()));
        }
        if (one instanceof Node.Sequence list && other instanceof Node.Sequence same) {
            return list.items().size() == same.items().size() && pairwise(path + "/-", list.items(), same.items());
        }
        return one instanceof Node.Mapping mapping
                && other instanceof Node.Mapping same
                && mappings(path, mapping, same);
    }

    private static boolean pairwise(String path, List<Node> ones, List<Node> others) {
        for (int place = 0; place < ones.size(); place++) {
            if (!is(path, ones.get(place), others.get(place))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mappings(String path, Node.Mapping one, Node.Mapping other) {
        List<String> keys = keys(one);
        List<String> others = keys(other);
        Set<String> movable = Set.copyOf(WordOrder.at(path));
        return keys.size() == others.size()
                && Set.copyOf(keys).equals(Set.copyOf(others))
                && without(movable, keys).equals(without(movable, others))
                && one.entries().stream().allMatch(entry -> {
                    Optional<Node> same = other.child(entry.key().text());
                    return same.isPresent() && is(path + "/" + entry.key().text(), entry.value(), same.get());
                });
    }

    private static List<String> keys(Node.Mapping mapping) {
        return mapping.entries().stream().map(entry -> entry.key().text()).toList();
    }

    private static List<String> without(Set<String> movable, List<String> keys) {
        return keys.stream().filter(key -> !movable.contains(key)).collect(Collectors.toList());
    }
}
