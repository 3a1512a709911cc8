package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.table.Decision;
import dev.firn.plan.DriftReport.Fact;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a table that is there when records of a stream's latest schema come, as the running job will decide it. What
 * changes nothing for the table and keeps no record from it is not worth a word.
 */
record ForeseenDrift(DriftReport report, TableSchema there) {

    private static final String LATEST = "in the stream's latest schema";

    void tell(Foreseen foreseen) {
        List<Decided> told = foreseen.decided();
        if (foreseen instanceof Foreseen.Refuses refuses) {
            // What is decided about the others does not come to be.
            told = refuses.decided().stream()
                    .filter(decided -> !DriftReport.goesOn(decided.decision()))
                    .toList();
            if (told.isEmpty()) {
                refused(refuses);
            }
        }
        told.forEach(this::tell);
    }

    private void tell(Decided decided) {
        SchemaChange change = decided.change();
        String path = "`" + change.path() + "`";
        String table = "`" + report.table() + "`";
        if (change instanceof SchemaChange.AddColumn add) {
            tell(
                    decided,
                    PlanCode.TABLE_LACKS_COLUMN,
                    table + " lacks the column " + path + " of the stream's latest schema",
                    "brings the column",
                    "add the column to the table: `" + change.path() + " "
                            + add.column().type() + "`");
        } else if (change instanceof SchemaChange.RenameColumn rename) {
            tell(
                    decided,
                    PlanCode.TABLE_LACKS_COLUMN,
                    table + " has the column `" + rename.was() + "`, which is " + path + " " + LATEST,
                    "renames the column",
                    "rename the column in the table");
        } else if (change instanceof SchemaChange.DropColumn) {
            gone(decided, table, path);
        } else if (change instanceof SchemaChange.WidenType widen) {
            tell(
                    decided,
                    PlanCode.COLUMN_TYPE_DIFFERS,
                    path + " is " + widen.was() + " in the table, but " + widen.is() + " " + LATEST,
                    "widens the column",
                    "widen the column in the table: `" + change.path() + " " + widen.is() + "`");
        } else if (change instanceof SchemaChange.MakeOptional) {
            tell(
                    decided,
                    PlanCode.TABLE_REQUIRES_COLUMN,
                    table + " requires " + path + ", which may be null or missing " + LATEST,
                    "makes the column optional",
                    "make the column optional in the table");
        } else if (!DriftReport.goesOn(decided.decision())) {
            tell(
                    decided,
                    PlanCode.COLUMN_TYPE_DIFFERS,
                    (change.path().isEmpty() ? table : path) + " is another " + LATEST + ", " + change.detail(),
                    "changes the column",
                    "route the stream to another table, or register a version without that");
        }
    }

    private void gone(Decided decided, String table, String path) {
        boolean isRequired = Optional.ofNullable(
                        ColumnPath.places(there).get(decided.change().path()))
                .filter(place -> !place.isOptional())
                .isPresent();
        if (decided.decision() == Decision.KEEP_NULLABLE && isRequired) {
            tell(
                    decided,
                    PlanCode.TABLE_REQUIRES_COLUMN,
                    table + " requires " + path + ", which the stream's latest schema lacks",
                    "makes the column optional",
                    "");
        } else if (decided.decision() != Decision.KEEP_NULLABLE) {
            tell(
                    decided,
                    PlanCode.COLUMN_NOT_IN_SCHEMA,
                    table + " has the column " + path + ", which the stream's latest schema lacks",
                    "drops the column, and readers do not see its values any more",
                    "give the table `schema-evolution: {drop-column: keep-nullable}`");
        }
    }

    private void tell(Decided decided, PlanCode code, String fact, String applied, String fix) {
        report.report(new Fact(code, decided.change().kind(), fact), decided.decision(), applied, fix);
    }

    /** The sink does not go along, whatever is decided. */
    private void refused(Foreseen.Refuses refuses) {
        boolean drops =
                refuses.decided().stream().anyMatch(decided -> decided.change().kind() == ChangeKind.DROP_COLUMN);
        report.diagnostics()
                .report(new Diagnostic(
                        drops ? PlanCode.COLUMN_NOT_IN_SCHEMA : PlanCode.TABLE_LACKS_COLUMN,
                        Severity.DANGER,
                        report.place(),
                        "",
                        refuses.reason() + ": records of that schema go to quarantine",
                        Optional.empty(),
                        Optional.of(
                                refuses.decided().isEmpty()
                                        ? "let the version go on, or register a newer one"
                                        : "route the stream to another table, or register a version without that")));
    }
}
