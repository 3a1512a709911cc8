package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A located, immutable tree of what stands in a YAML file; scalars stay text until they are bound. */
public sealed interface Node {

    /** What YAML reads as no value at all. */
    Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    SourceSpan span();

    /** What it is, as an error message calls it: {@code a list}, {@code a mapping}, {@code text}. */
    String kind();

    /**
     * A leaf.
     *
     * @param quoted written in quotes or as a block, so certainly meant as text
     */
    record Scalar(String text, boolean quoted, SourceSpan span) implements Node {

        /** Neither text nor number: empty, {@code ~} or {@code null} without quotes. */
        public boolean isNothing() {
            return !quoted && NOTHING.contains(text);
        }

        @Override
        public String kind() {
            return "a single value";
        }
    }

    /** A list. */
    record Sequence(List<Node> items, SourceSpan span) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping in the order of the file; keys are unique. */
    record Mapping(List<Entry> entries, SourceSpan span) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** A mapping with one key that stands nowhere but in its value. */
        public static Mapping of(String key, Node value) {
            return new Mapping(List.of(new Entry(new Scalar(key, false, value.span()), value)), value.span());
        }

        public Optional<Node> child(String key) {
            return entry(key).map(Entry::value);
        }

        public Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** One key of a mapping with its value. */
    record Entry(Scalar key, Node value) {}
}
