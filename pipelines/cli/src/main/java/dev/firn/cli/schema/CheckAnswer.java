package dev.firn.cli.schema;

import dev.firn.schema.compare.Compatibility;
import dev.firn.schema.compare.CompatibilityLevel;
import dev.firn.schema.compare.Incompatibility;
import dev.firn.schema.compare.SchemaChange;
import dev.firn.schema.compare.SchemaChanges;
import java.util.List;

/**
 * Whether a schema may follow others.
 *
 * @param held against each of them, oldest first
 * @param changes from the last of them, which is what a table goes through
 */
public record CheckAnswer(CompatibilityLevel level, NamedSchema newer, List<Held> held, List<SchemaChange> changes) {

    public CheckAnswer {
        held = List.copyOf(held);
        changes = List.copyOf(changes);
    }

    /** Against one older schema. */
    public record Held(NamedSchema older, List<Incompatibility> why) {
        public Held {
            why = List.copyOf(why);
        }
    }

    /** @param older at least one, oldest first */
    public static CheckAnswer of(CompatibilityLevel level, NamedSchema newer, List<NamedSchema> older) {
        List<Held> held = older.stream()
                .map(one -> new Held(one, Compatibility.between(one.schema(), newer.schema(), level)))
                .toList();
        NamedSchema last = older.get(older.size() - 1);
        return new CheckAnswer(level, newer, held, SchemaChanges.between(last.schema(), newer.schema()));
    }

    public boolean isCompatible() {
        return held.stream().allMatch(one -> one.why().isEmpty());
    }
}
