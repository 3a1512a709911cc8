package dev.firn.plan.settings;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/**
 * What an entry of {@code tables:} says: an option, or one key of an option that is a mapping.
 *
 * @param key empty where the option is no mapping
 * @param at where the option's name stands, or the key's
 */
public record Setting(String option, Optional<String> key, Node value, SourceSpan at, Bound<TableOptions> entry) {

    /** As it would be asked for: {@code hold.for}. */
    public String name() {
        return option + key.map(word -> "." + word).orElse("");
    }

    /** On one line, without secrets. */
    public String text() {
        return ShownNode.text(key.orElse(option), value);
    }

    /** {@code shop.yaml:12}, where the value stands. */
    public String place() {
        return ShownNode.place(value.span());
    }
}
