package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TablePlan;
import dev.firn.spi.schema.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** No table is there twice, and none is the ledger, the quarantine or another one of Firn's: rows of a stream would be written among Firn's own. */
final class OwnTablesStandApart implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        Set<TableName> names = new HashSet<>();
        return Stream.concat(
                        Stream.concat(
                                Stream.of(
                                        plan.sink().names().ledger(),
                                        plan.sink().names().quarantine()),
                                plan.sink().names().besideTheLedger().stream()),
                        plan.tables().stream().map(TablePlan::name))
                .filter(name -> !names.add(name))
                .map(name -> "table `" + name + "` is there twice")
                .toList();
    }
}
