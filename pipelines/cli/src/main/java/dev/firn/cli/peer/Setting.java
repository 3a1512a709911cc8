package dev.firn.cli.peer;

import dev.firn.definition.yaml.Node;
import java.util.Objects;

/**
 * One value of another tool's file.
 *
 * @param key the way to it, {@code iceberg.tables} or {@code route[0].sink-table}
 * @param text never printed: it may be a secret
 */
record Setting(String key, String text, int line) {

    static Setting of(String key, Node.Scalar value) {
        return new Setting(
                key, value.isNothing() ? "" : value.text(), value.span().line());
    }

    boolean isTrue() {
        return text.strip().equalsIgnoreCase("true");
    }

    /** The key behind a prefix that it has. */
    String behind(String prefix) {
        return key.substring(prefix.length());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting setting && setting.key.equals(key);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(key);
    }

    @Override
    public String toString() {
        return key;
    }
}
