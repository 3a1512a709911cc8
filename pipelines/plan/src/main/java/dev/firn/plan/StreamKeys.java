package dev.firn.plan;

import dev.firn.spi.rule.RowShape;
import dev.firn.spi.source.RecordKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What streams say of the keys of their rows, where the file does not. */
final class StreamKeys {

    private StreamKeys() {}

    /** The columns of a table's key, where all of its streams are tables of databases with the same; by the table's names. */
    static Optional<List<String>> of(List<RoutedStream> streams, RuleSettings rules) {
        Set<List<String>> keys = new HashSet<>();
        for (RoutedStream stream : streams) {
            Optional<RecordKey> key = stream.stream().schema().flatMap(schema -> schema.deletes());
            if (!stream.stream().ofRows() || key.isEmpty()) {
                return Optional.empty();
            }
            RowShape shape = rules.shape().shape(stream.columns().orElseThrow());
            keys.add(key.get().fields().stream()
                    .map(field -> field.inRecord().orElse(field.column().name()))
                    .map(shape::nameInTable)
                    .toList());
        }
        return keys.size() == 1 ? Optional.of(keys.iterator().next()) : Optional.empty();
    }

    /** Whether nobody has asked the databases yet what the keys are. */
    static boolean areSaidLater(List<RoutedStream> streams) {
        return streams.stream()
                .allMatch(stream ->
                        stream.stream().ofRows() && stream.stream().schema().isEmpty());
    }
}
