package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaDecision.Change;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaRollback;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Writes down that somebody has taken a table back, or has let it go on, as decisions are written down. */
final class RollbackRecord {

    private static final int ID_DIGITS = 16;
    private static final String APPLY = "apply";
    private static final String BACK = "firn schema rollback";

    private final String pipeline;
    private final long run;
    private final String id = UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS);

    RollbackRecord(String pipeline, long run) {
        this.pipeline = pipeline;
        this.run = run;
    }

    /** The first property that it comes into the table with. */
    String property() {
        return TableDecisions.property(pipeline, id);
    }

    SchemaDecision of(SchemaRollback rollback, List<Integer> schemas) {
        RollbackTarget to = rollback.to();
        OptionalInt from = rollback.newer().stream()
                .map(SchemaRollback.Newer::name)
                .flatMapToInt(name -> number(name).stream())
                .max();
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "rollback",
                "",
                from.isPresent() ? Optional.of("version " + from.getAsInt()) : Optional.empty(),
                Optional.of("version " + to.version()),
                APPLY,
                BACK));
        rollback.gone()
                .forEach(gone -> changes.add(new Change(
                        "drop-column", gone.path(), Optional.of(gone.type()), Optional.empty(), APPLY, BACK)));
        rollback.renamed()
                .forEach(back -> changes.add(new Change(
                        "rename-column",
                        renamed(back),
                        Optional.of(last(back.path())),
                        Optional.of(back.to()),
                        APPLY,
                        BACK)));
        SchemaDecision.Writer writer = new SchemaDecision.Writer(
                Optional.of(to.subject()),
                from,
                OptionalInt.of(to.version()),
                OptionalInt.empty(),
                to.lineages().get(0).schema().fingerprint(),
                Optional.empty());
        return decision(new SchemaDecision.MetTable(to.table(), rollback.incarnation(), schemas), writer, changes);
    }

    SchemaDecision undone(SchemaDecision.MetTable table, Map<String, RolledBack> marks) {
        RolledBack last = marks.values().stream()
                .reduce((first, second) -> number(first.version()).orElse(0)
                                > number(second.version()).orElse(0)
                        ? first
                        : second)
                .orElseThrow(() -> new IllegalStateException("our bug: nothing is held back"));
        String fingerprint = marks.entrySet().stream()
                .filter(mark -> mark.getValue().equals(last))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        SchemaDecision.Writer writer = new SchemaDecision.Writer(
                last.subjectName(),
                number(last.to()),
                number(last.version()),
                OptionalInt.empty(),
                fingerprint,
                Optional.empty());
        return decision(
                table,
                writer,
                List.of(new Change(
                        "undo-rollback",
                        "",
                        Optional.of("version " + last.to()),
                        Optional.of("version " + last.version()),
                        APPLY,
                        BACK + " --undo")));
    }

    private SchemaDecision decision(SchemaDecision.MetTable table, SchemaDecision.Writer writer, List<Change> changes) {
        return new SchemaDecision(
                id, Instant.now().truncatedTo(ChronoUnit.MICROS), pipeline, run, table, writer, changes);
    }

    private static OptionalInt number(String version) {
        return version.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(version)) : OptionalInt.empty();
    }

    private static String renamed(SchemaRollback.Renamed back) {
        int end = back.path().lastIndexOf('.') + 1;
        return back.path().substring(0, end) + back.to();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
