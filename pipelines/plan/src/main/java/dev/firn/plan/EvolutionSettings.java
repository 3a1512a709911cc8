package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} says about changes of schemas, or what all entries so far have said.
 *
 * @param form how the entry says it
 * @param preset null where nothing is said of all kinds at once
 * @param decisions for single kinds, which win over the preset wherever that stands
 */
public record EvolutionSettings(Form form, @Nullable Preset preset, SortedMap<ChangeKind, Decision> decisions)
        implements Serializable {

    /** A mapping merges by key with what stands before it; a word alone, such as {@code lenient}, takes its place. */
    public enum Form {
        MAPPING,
        WORD
    }

    public static final EvolutionSettings NOTHING = new EvolutionSettings(Form.MAPPING, null, new TreeMap<>());

    public EvolutionSettings {
        decisions = Collections.unmodifiableSortedMap(new TreeMap<>(decisions));
    }

    static EvolutionSettings of(Bound<TableOptions> entry) {
        return entry.options()
                .schemaEvolution()
                .map(options ->
                        new EvolutionSettings(form(entry), options.preset().orElse(null), decisions(options)))
                .orElse(NOTHING);
    }

    private static Form form(Bound<TableOptions> entry) {
        return entry.node()
                .child("schema-evolution")
                .filter(node -> node instanceof Node.Mapping)
                .map(mapping -> Form.MAPPING)
                .orElse(Form.WORD);
    }

    private static SortedMap<ChangeKind, Decision> decisions(SchemaEvolutionOptions options) {
        SortedMap<ChangeKind, Decision> decisions = new TreeMap<>();
        for (EvolutionRule rule : EvolutionRule.all()) {
            rule.said(options).ifPresent(decision -> decisions.put(ChangeKind.of(rule), decision));
        }
        return decisions;
    }

    /** The rest stays as earlier entries have it. */
    EvolutionSettings over(EvolutionSettings before) {
        if (form == Form.WORD) {
            return this;
        }
        SortedMap<ChangeKind, Decision> merged = new TreeMap<>(before.decisions);
        merged.putAll(decisions);
        return new EvolutionSettings(Form.MAPPING, preset == null ? before.preset : preset, merged);
    }

    /** What is done about each kind when nothing else is said. */
    public EvolutionPolicy policy() {
        EvolutionPolicy rest = preset == null ? EvolutionPolicy.usual() : EvolutionPolicy.of(preset);
        return rest.with(decisions);
    }

    /** Those of a policy that are not what is usual, of kinds that can happen. */
    static SortedMap<ChangeKind, Decision> unusual(EvolutionPolicy policy) {
        SortedMap<ChangeKind, Decision> unusual = new TreeMap<>();
        for (EvolutionRule rule : EvolutionRule.all()) {
            Decision decision = policy.of(ChangeKind.of(rule));
            if (!rule.option().isUnbuilt() && decision != rule.usual()) {
                unusual.put(ChangeKind.of(rule), decision);
            }
        }
        return unusual;
    }
}
