package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides by each table's policy.
 *
 * <pre>
 *   versions of the subject --Tracks--> fields through time --FieldColumns--> columns
 *   fields and columns --rules--> changes --policy--> refused, or edits and the column of each field
 * </pre>
 *
 * <p>The table becomes the join of the versions that rows were written with: whichever comes first, it has in the end the columns
 * of all, each as wide and as optional as one of them needs. Only the newest version renames or drops.
 */
public final class PolicyEvolution implements SchemaEvolution {

    private static final long serialVersionUID = 1L;

    private static final List<ChangeRule> RULES = List.of(
            new DroppedColumns(),
            new RenamedColumns(),
            new IncompatibleTypes(),
            new WidenedTypes(),
            new NarrowedTypes(),
            new OptionalColumns(),
            new RequiredColumns(),
            new Symbols(Symbols.Side.ADDED),
            new Symbols(Symbols.Side.REMOVED),
            new ReorderedFields(),
            new AddedColumns());

    /** The gravest first. */
    private static final List<Decision> REFUSALS = List.of(Decision.FAIL, Decision.PAUSE_TABLE, Decision.QUARANTINE);

    private final EvolutionPolicies policies;

    public PolicyEvolution(EvolutionPolicies policies) {
        this.policies = policies;
    }

    @Override
    public Verdict judge(TableName table, TableState now, SchemaLineage lineage) {
        EvolutionPolicy policy = policies.of(table);
        SchemaLineage counting = lineage.withoutMistakes(now.bindings().keySet());
        Comparison comparison = new Comparison(now, counting, policy);
        List<Finding> findings =
                RULES.stream().flatMap(rule -> rule.in(comparison).stream()).toList();
        List<Decided> decided = findings.stream()
                .map(Finding::change)
                .map(change -> new Decided(change, policy.of(change), policy.why(change)))
                .sorted(byPlace(comparison))
                .toList();
        Optional<Decision> refusal = REFUSALS.stream()
                .filter(decision -> decided.stream().anyMatch(one -> one.decision() == decision))
                .findFirst();
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get(), decided);
        }
        List<TableEdit> edits = edits(findings, policy);
        return new Verdict.Accepted(edits, FinalPaths.of(comparison, edits), decided);
    }

    /** As the rules stand, so that a name is free before it is given. */
    private static List<TableEdit> edits(List<Finding> findings, EvolutionPolicy policy) {
        List<TableEdit> edits = new ArrayList<>();
        for (Finding finding : findings) {
            for (TableEdit edit : finding.edits(policy.of(finding.change().kind()))) {
                // A field may be a reason to drop a demand that another has dropped already.
                if (!edits.contains(edit)) {
                    edits.add(edit);
                }
            }
        }
        return edits;
    }

    private static Comparator<Decided> byPlace(Comparison comparison) {
        List<String> order = List.copyOf(comparison.places().keySet());
        return Comparator.comparingInt(decided -> {
            int index = order.indexOf(decided.change().path());
            return index < 0 ? order.size() : index;
        });
    }
}
