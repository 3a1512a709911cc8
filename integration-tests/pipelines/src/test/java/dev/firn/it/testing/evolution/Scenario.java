package dev.firn.it.testing.evolution;

import dev.firn.it.testing.schemas.ShortAvro;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What a topic's schema goes through, and what its table has of it in the end.
 *
 * @param name of the topic
 * @param policy the table's {@code schema-evolution}
 * @param versions oldest first
 * @param moves by version and path the name of the field's column, where it has another in the end; empty where it has none
 * @param refused versions whose records go to quarantine
 * @param columns the table in the end, in the words of {@link dev.firn.it.testing.ColumnIds}
 * @param decided kind, path and decision of each change
 */
public record Scenario(
        String name,
        String policy,
        List<Schema> versions,
        Map<String, String> moves,
        Set<Integer> refused,
        String columns,
        List<String> decided) {

    /** @param versions in the words of {@link ShortAvro}, each with a number named {@code id} */
    public static Scenario scenario(String name, String policy, String... versions) {
        return new Scenario(
                name,
                policy,
                Stream.of(versions)
                        .map(version -> named(ShortAvro.schema(version), name))
                        .toList(),
                new TreeMap<>(),
                new TreeSet<>(),
                "",
                List.of());
    }

    /** One kind with one decision, all others with their defaults. */
    public static Scenario when(String kind, String decision, String... versions) {
        return scenario(kind + "_" + decision, "{" + kind + ": " + decision + "}", versions);
    }

    public Scenario becomes(String columns) {
        return new Scenario(name, policy, versions, moves, refused, columns, decided);
    }

    public Scenario decides(String... decided) {
        return new Scenario(name, policy, versions, moves, refused, columns, List.of(decided));
    }

    /** In that version, counted from 0, the field has a column of another name in the end. */
    public Scenario moves(int version, String path, String column) {
        Map<String, String> more = new TreeMap<>(moves);
        more.put(version + " " + path, column);
        return new Scenario(name, policy, versions, more, refused, columns, decided);
    }

    /** In that version the field has no column in the end. */
    public Scenario leavesOut(int version, String path) {
        return moves(version, path, "");
    }

    public Scenario refuses(int version) {
        Set<Integer> more = new TreeSet<>(refused);
        more.add(version);
        return new Scenario(name, policy, versions, moves, more, columns, decided);
    }

    /** Topics of one name of a record would be taken for topics of one kind. */
    private static Schema named(Schema schema, String name) {
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(name.replace('-', '_'), null, "shop", false, fields);
    }

    /** What the table has of a record, as text. */
    String row(Sent sent) {
        Map<String, String> own = new TreeMap<>();
        moves.forEach((key, column) -> {
            if (key.startsWith(sent.version() + " ")) {
                own.put(key.substring(key.indexOf(' ') + 1), column);
            }
        });
        return Rows.expected(Rows.filled(versions.get(sent.version()), sent.id()), own);
    }

    List<Sent> written(List<Sent> all) {
        List<Sent> written = new ArrayList<>(all);
        written.removeIf(sent -> refused.contains(sent.version()));
        return written;
    }

    /** A record that a topic has. */
    public record Sent(int version, long id) {}
}
