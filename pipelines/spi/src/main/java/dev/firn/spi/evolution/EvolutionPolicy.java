package dev.firn.spi.evolution;

import dev.firn.definition.bind.Option;
import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is done about each kind of change of one table's schema.
 *
 * @param decisions one for every kind
 * @param reasons what says so, of those that are not by default
 * @param key columns at the top that tell rows apart, which keep their names and stay, whatever is decided of others
 */
public record EvolutionPolicy(Map<ChangeKind, Decision> decisions, Map<ChangeKind, String> reasons, Set<String> key)
        implements Serializable {

    /** Why something is decided that the file is silent about. */
    public static final String DEFAULT = "default";

    public EvolutionPolicy {
        EnumMap<ChangeKind, Decision> copy = new EnumMap<>(ChangeKind.class);
        copy.putAll(decisions);
        if (copy.size() != ChangeKind.values().length) {
            throw new IllegalArgumentException("our bug: a policy without a decision for each kind: " + decisions);
        }
        decisions = Collections.unmodifiableMap(copy);
        EnumMap<ChangeKind, String> words = new EnumMap<>(ChangeKind.class);
        words.putAll(reasons);
        reasons = Collections.unmodifiableMap(words);
        // A copy that Java can serialise.
        key = Collections.unmodifiableSet(new TreeSet<>(key));
    }

    /** Of a table whose rows nothing tells apart. */
    public EvolutionPolicy(Map<ChangeKind, Decision> decisions, Map<ChangeKind, String> reasons) {
        this(decisions, reasons, Set.of());
    }

    /** Whoever has decided so. */
    public EvolutionPolicy(Map<ChangeKind, Decision> decisions) {
        this(decisions, Map.of());
    }

    /** Of a table that the file says nothing about. */
    public static EvolutionPolicy usual() {
        return byRule(EvolutionRule::usual);
    }

    public static EvolutionPolicy of(Preset preset) {
        Map<ChangeKind, Decision> decisions = byRule(rule -> rule.of(preset)).decisions();
        Map<ChangeKind, String> reasons = new EnumMap<>(ChangeKind.class);
        decisions.keySet().forEach(kind -> reasons.put(kind, "preset " + Option.word(preset)));
        return new EvolutionPolicy(decisions, reasons);
    }

    private static EvolutionPolicy byRule(Function<EvolutionRule, Decision> decision) {
        EnumMap<ChangeKind, Decision> decisions = new EnumMap<>(ChangeKind.class);
        EvolutionRule.all().forEach(rule -> decisions.put(ChangeKind.of(rule), decision.apply(rule)));
        return new EvolutionPolicy(decisions);
    }

    /** The same but for some kinds. */
    public EvolutionPolicy with(Map<ChangeKind, Decision> others) {
        EnumMap<ChangeKind, Decision> merged = new EnumMap<>(decisions);
        merged.putAll(others);
        Map<ChangeKind, String> words = new EnumMap<>(ChangeKind.class);
        words.putAll(reasons);
        others.forEach((kind, decision) -> words.put(kind, kind.word() + ": " + decision.word()));
        return new EvolutionPolicy(merged, words, key);
    }

    /** The same for a table whose rows these columns tell apart. */
    public EvolutionPolicy withKey(Collection<String> columns) {
        return new EvolutionPolicy(decisions, reasons, new TreeSet<>(columns));
    }

    /** What is done about one change: what its kind says, but a key that is to change is kept, and such records are refused. */
    public Decision of(SchemaChange change) {
        return changesKey(change) ? Decision.QUARANTINE : of(change.kind());
    }

    /** What says so, as {@link #why(ChangeKind)} has it. */
    public String why(SchemaChange change) {
        return changesKey(change) ? "a column of the table's key, or the one of its event time" : why(change.kind());
    }

    private boolean changesKey(SchemaChange change) {
        if (of(change.kind()) != Decision.APPLY) {
            return false;
        }
        return change instanceof SchemaChange.RenameColumn renamed
                ? key.contains(renamed.was())
                : change instanceof SchemaChange.DropColumn && key.contains(change.path());
    }

    /** What says so: {@code default}, {@code preset lenient}, or the file's own {@code drop-column: apply}. */
    public String why(ChangeKind kind) {
        return reasons.getOrDefault(kind, DEFAULT);
    }

    public Decision of(ChangeKind kind) {
        Decision decision = decisions.get(kind);
        if (decision == null) {
            throw new IllegalStateException("our bug: no decision for " + kind);
        }
        return decision;
    }
}
