package dev.firn.plan;

import dev.firn.definition.selector.TableTemplate;
import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What the file says of the tables that a column's values name, which come to exist while the job runs. */
public record MadeTables(TableTemplate template, List<TableSettings> settings) implements Serializable {

    public MadeTables {
        settings = List.copyOf(settings);
    }

    public static List<MadeTables> in(PipelinePlan plan) {
        return plan.tablesByValue().stream()
                .map(byValue -> new MadeTables(byValue.template(), byValue.settings()))
                .toList();
    }

    /** What holds for a table, if it can be one of them. */
    public static Optional<TableSettings.Effective> settings(List<MadeTables> made, TableName table) {
        return made.stream()
                .filter(tables -> tables.template().canBe(table.full()))
                .findFirst()
                .map(tables -> TableSettings.effective(tables.settings(), table));
    }
}
