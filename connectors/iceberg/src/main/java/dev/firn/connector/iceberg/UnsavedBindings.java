package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bindings for which nothing in a table has to change: they come into it with the rows that were written by them, in one commit. A
 * job of a thousand tables would else begin with a thousand commits of properties. Until they are there, and its subtask
 * has seen that, they are remembered here, for the registry, which was asked for them, may be away.
 */
final class UnsavedBindings {

    private final Map<TableName, OfTable> tables = new HashMap<>();

    void add(TargetTable table, WriterSchema writer, SchemaBinding binding) {
        String property = table.bindings().property(writer);
        OfTable known = known(table).orElseGet(() -> new OfTable(table.incarnation()));
        known.texts.put(property, BindingText.write(writer, binding));
        known.waiting.add(property);
        tables.put(table.name(), known);
    }

    /** Where fields go; empty where that is not remembered, or the table has changed so that it does not fit any more. */
    Optional<BoundFields> fields(TargetTable table, WriterSchema writer) {
        return known(table)
                .map(known -> known.texts.get(table.bindings().property(writer)))
                .flatMap(text -> BindingText.read(writer, text))
                .flatMap(binding -> BoundFields.of(writer, binding, table.schema()));
    }

    /** All that the table does not say itself yet, by their properties. */
    SortedMap<String, String> texts(TargetTable table) {
        SortedMap<String, String> texts = new TreeMap<>();
        known(table).ifPresent(known -> texts.putAll(known.texts));
        texts.keySet().removeAll(table.bindings().texts().keySet());
        return texts;
    }

    /** Those that are to go with the next files of the table; each is handed out once. */
    SortedMap<String, String> take(TargetTable table) {
        SortedMap<String, String> taken = new TreeMap<>();
        known(table).ifPresent(known -> {
            known.texts.keySet().removeAll(table.bindings().texts().keySet());
            taken.putAll(known.texts);
            taken.keySet().retainAll(known.waiting);
            known.waiting.clear();
        });
        return taken;
    }

    /** A table that was made anew under the same name has other columns, even if they have the same ids. */
    private Optional<OfTable> known(TargetTable table) {
        return Optional.ofNullable(tables.get(table.name()))
                .filter(known -> known.incarnation.equals(table.incarnation()));
    }

    private static final class OfTable {

        private final String incarnation;
        private final SortedMap<String, String> texts = new TreeMap<>();
        private final Set<String> waiting = new HashSet<>();

        OfTable(String incarnation) {
            this.incarnation = incarnation;
        }
    }
}
