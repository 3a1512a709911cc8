package dev.firn.cli.peer;

import dev.firn.definition.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All values of another tool's file. Each is taken once; what nobody has taken in the end is what has no twin here. */
final class Settings {

    private final Map<String, Setting> left = new LinkedHashMap<>();

    private Settings() {}

    static Settings of(Node root) {
        Settings settings = new Settings();
        settings.collect("", root);
        return settings;
    }

    /** What stands around them, unless it says the same once more. */
    void around(Node.Mapping outer, String inner) {
        for (Node.Entry entry : outer.entries()) {
            String key = entry.key().text();
            if (!key.equals(inner) && !left.containsKey(key)) {
                collect(key, entry.value());
            }
        }
    }

    private void collect(String key, Node node) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String name = entry.key().text();
                collect(key.isEmpty() ? name : key + "." + name, entry.value());
            }
        } else if (node instanceof Node.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                collect(key + "[" + index + "]", sequence.items().get(index));
            }
        } else if (node instanceof Node.Scalar scalar) {
            left.put(key, Setting.of(key, scalar));
        }
    }

    Optional<Setting> take(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    Optional<Setting> look(String key) {
        return Optional.ofNullable(left.get(key));
    }

    /** Those whose keys begin so, in the order of the file. */
    List<Setting> takeAll(String prefix) {
        List<Setting> taken = left.values().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .toList();
        taken.forEach(setting -> left.remove(setting.key()));
        return taken;
    }

    /** A list, or a text with commas between its items: the settings that say it. */
    List<Setting> takeList(String key) {
        List<Setting> taken = new ArrayList<>();
        take(key).ifPresent(taken::add);
        taken.addAll(takeAll(key + "["));
        return taken;
    }

    /** How many items a list of mappings has. */
    int items(String key) {
        int items = 0;
        while (hasAny(key + "[" + items + "]")) {
            items++;
        }
        return items;
    }

    private boolean hasAny(String prefix) {
        return left.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** Whatever nobody has taken. */
    List<Setting> rest() {
        return List.copyOf(left.values());
    }
}
