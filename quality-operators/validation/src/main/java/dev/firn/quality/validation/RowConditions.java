package dev.firn.quality.validation;

import dev.firn.definition.table.Otherwise;
import dev.firn.quality.expression.ColumnPath;
import dev.firn.quality.expression.Compiled;
import dev.firn.quality.expression.Condition;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a table, compiled for rows of its columns. */
final class RowConditions {

    private static final String WHERE = "where";

    private final @Nullable Condition where;
    private final List<CompiledRule> rules;
    private final List<CompiledRule> tagging;
    private final List<Column> columns;
    private final int width;

    private RowConditions(@Nullable Condition where, List<CompiledRule> rules, List<Column> columns, int width) {
        this.where = where;
        this.rules = rules.stream()
                .filter(compiled -> compiled.rule().otherwise() != Otherwise.TAG)
                .toList();
        this.tagging = rules.stream()
                .filter(compiled -> compiled.rule().otherwise() == Otherwise.TAG)
                .toList();
        this.columns = columns;
        this.width = width;
    }

    private record CompiledRule(RowRule rule, Condition condition) {}

    /**
     * @param table as it names its columns, in the order of a row's values
     * @throws Rejected if one of them can't be asked of such a table, so that none of its rows can be judged
     */
    static RowConditions compile(RowRules rules, TableSchema table, StructFactory structs) throws Rejected {
        List<Column> columns = new ArrayList<>(table.columns());
        rules.columns().columns().stream()
                .filter(planned -> table.column(planned.name()).isEmpty())
                .forEach(columns::add);
        ExpressionCompiler compiler = new ExpressionCompiler(new TableSchema(columns), structs::field);
        @Nullable Condition where = null;
        if (rules.where().isPresent()) {
            where = compiled(Optional.empty(), compiler.condition(rules.where().get()));
        }
        List<CompiledRule> compiled = new ArrayList<>();
        for (RowRule rule : rules.expect()) {
            compiled.add(new CompiledRule(rule, compiled(Optional.of(rule), compiler.condition(rule.that()))));
        }
        return new RowConditions(where, compiled, columns, table.columns().size());
    }

    private static Condition compiled(Optional<RowRule> rule, Compiled<Condition> compiled) throws Rejected {
        if (compiled.value().isEmpty()) {
            throw failed(rule, compiled.problems().get(0).message());
        }
        return compiled.value().get();
    }

    private static Rejected failed(Optional<RowRule> rule, String why) {
        String message = name(rule) + " can't be asked: " + why;
        return rule.isPresent()
                ? Rejected.by(rule.get().name(), RejectCode.EXPRESSION_FAILED, message)
                : new Rejected(RejectCode.EXPRESSION_FAILED, message);
    }

    private static String name(Optional<RowRule> rule) {
        return "`" + rule.map(RowRule::name).orElse(WHERE) + "`";
    }

    /**
     * A column that a condition reads.
     *
     * @param rule null where it is {@code where} that does
     */
    record Read(@Nullable RowRule rule, ColumnPath path) {

        boolean isWhere() {
            return rule == null;
        }

        Rejected withoutColumn(String why) {
            return failed(
                    Optional.ofNullable(rule),
                    why + "; change the condition, then put its records back with `firn replay`");
        }
    }

    List<Read> reads() {
        List<Read> reads = new ArrayList<>();
        if (where != null) {
            where.reads().forEach(path -> reads.add(new Read(null, path)));
        }
        Stream.concat(rules.stream(), tagging.stream())
                .forEach(compiled ->
                        compiled.condition().reads().forEach(path -> reads.add(new Read(compiled.rule(), path))));
        return reads;
    }

    /**
     * Why a row is left out; null where it is as the file wants it.
     *
     * @throws RowForbidden if the job is to end
     */
    @Nullable
    LeftOut leavesOut(@Nullable Object[] values, RawRecord record) throws Rejected {
        @Nullable Object[] row = row(values);
        if (where != null && !isTrue(where, row)) {
            return LeftOut.FILTERED;
        }
        for (CompiledRule rule : rules) {
            if (isBroken(rule, row)) {
                return outcome(rule, row, record);
            }
        }
        return null;
    }

    /** Columns that the table does not have yet are null. */
    private @Nullable Object[] row(@Nullable Object[] values) {
        return columns.size() == width ? values : Arrays.copyOf(values, columns.size());
    }

    /** Whether there are rules that tag. */
    boolean tag() {
        return !tagging.isEmpty();
    }

    /** The rules that tag and that a row fails, in the file's order. */
    List<RowRule> failed(@Nullable Object[] values) throws Rejected {
        @Nullable Object[] row = row(values);
        List<RowRule> failed = new ArrayList<>();
        for (CompiledRule rule : tagging) {
            if (isBroken(rule, row)) {
                failed.add(rule.rule());
            }
        }
        return failed;
    }

    /** For a row that fails such a rule where nothing could say so: it is neither lost nor taken for a good one. */
    Rejected untagged(@Nullable Object[] values) throws Rejected {
        @Nullable Object[] row = row(values);
        for (CompiledRule rule : tagging) {
            if (isBroken(rule, row)) {
                return Rejected.by(
                        rule.rule().name(),
                        RejectCode.RULE_BROKEN,
                        broken(rule, row) + "; it can't be tagged, for the table has no column `"
                                + RowRules.FAILED_RULES.name() + "`");
            }
        }
        throw new IllegalStateException("our bug: a row is to be tagged that fails nothing");
    }

    private static boolean isTrue(Condition where, @Nullable Object[] row) throws Rejected {
        try {
            return where.isTrue(row);
        } catch (ExpressionFailed failure) {
            throw failed(Optional.empty(), String.valueOf(failure.getMessage()));
        }
    }

    private static boolean isBroken(CompiledRule rule, @Nullable Object[] row) throws Rejected {
        try {
            return rule.condition().isFalse(row);
        } catch (ExpressionFailed failure) {
            throw failed(Optional.of(rule.rule()), String.valueOf(failure.getMessage()));
        }
    }

    private LeftOut outcome(CompiledRule broken, @Nullable Object[] row, RawRecord record) throws Rejected {
        RowRule rule = broken.rule();
        if (rule.otherwise() == Otherwise.DROP) {
            return LeftOut.by(rule.name());
        }
        String message = broken(broken, row);
        if (rule.otherwise() == Otherwise.FAIL) {
            throw new RowForbidden("a record breaks a rule that ends the job: " + message + " ("
                    + record.split().id() + " @ " + record.position() + ")");
        }
        if (rule.otherwise() == Otherwise.QUARANTINE) {
            throw Rejected.by(rule.name(), RejectCode.RULE_BROKEN, message);
        }
        throw new IllegalStateException("our bug: a rule that tags keeps no row out");
    }

    private String broken(CompiledRule broken, @Nullable Object[] row) {
        RowRule rule = broken.rule();
        return "`" + rule.name() + "` is broken: `" + rule.that() + "` is false" + brokenFor(broken, row);
    }

    /** The values that it was false for. */
    private String brokenFor(CompiledRule broken, @Nullable Object[] row) {
        Set<String> read = new LinkedHashSet<>();
        broken.condition().reads().forEach(path -> read.add(path.column()));
        List<String> shown = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            if (read.contains(columns.get(place).name())) {
                ShownValue.of(columns.get(place), row[place]).ifPresent(shown::add);
            }
        }
        return shown.isEmpty() ? "" : " for " + String.join(", ", shown);
    }
}
