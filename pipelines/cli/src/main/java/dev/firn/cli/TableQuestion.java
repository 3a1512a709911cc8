package dev.firn.cli;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TablePlan;
import dev.firn.plan.settings.TableSettingsJson;
import dev.firn.plan.settings.TableSettingsPage;
import dev.firn.plan.settings.TableSettingsText;
import dev.firn.spi.schema.TableName;
import java.util.List;

/** What {@code plan --table} asks: the settings of one table, and where they come from. */
record TableQuestion(Screen screen, PipelineDefinition definition, PipelinePlan plan) {

    int answer(String table, Format format) {
        if (!isPlanned(table)) {
            screen.progress("firn plan: the pipeline has no table `" + table + "`" + meant(table));
            return ExitCode.FILE;
        }
        TableSettingsPage page = TableSettingsPage.of(definition.tables(), new TableName(table));
        screen.result(format == Format.JSON ? TableSettingsJson.write(page) : TableSettingsText.write(page));
        return ExitCode.DONE;
    }

    private boolean isPlanned(String table) {
        return names().contains(table)
                || plan.tablesByValue().stream()
                        .anyMatch(tables -> tables.template().canBe(table));
    }

    private List<String> names() {
        return plan.tables().stream().map(TablePlan::name).map(TableName::full).toList();
    }

    private String meant(String table) {
        return Suggestion.nearest(table, names())
                .map(near -> "; did you mean `" + near + "`?")
                .orElseGet(() -> names().isEmpty()
                        ? ""
                        : "; it has "
                                + String.join(
                                        ", ",
                                        names().stream()
                                                .map(name -> "`" + name + "`")
                                                .toList()));
    }
}
