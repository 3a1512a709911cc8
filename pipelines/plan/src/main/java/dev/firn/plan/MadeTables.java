package dev.firn.plan;

import dev.firn.definition.selector.TableTemplate;
import dev.firn.spi.schema.TableName;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of the tables that a column's values name, which come to exist while the job runs. It is asked for each
 * record, so what holds for a table is found once.
 */
public final class MadeTables implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Values that name no table, for there are too many, are asked for too. */
    static final int MOST_KNOWN = 10_000;

    private final TableTemplate template;

    @SuppressWarnings("serial")
    private final List<TableSettings> settings;

    private final transient Map<TableName, Optional<TableSettings.Effective>> known = new ConcurrentHashMap<>();

    public MadeTables(TableTemplate template, List<TableSettings> settings) {
        this.template = template;
        this.settings = List.copyOf(settings);
    }

    public static List<MadeTables> in(PipelinePlan plan) {
        return plan.tablesByValue().stream()
                .map(byValue -> new MadeTables(byValue.template(), byValue.settings()))
                .toList();
    }

    public TableTemplate template() {
        return template;
    }

    /** The entries of the file, from top to bottom. */
    public List<TableSettings> settings() {
        return settings;
    }

    /** What holds for a table, if it can be one of them. */
    public static Optional<TableSettings.Effective> settings(List<MadeTables> made, TableName table) {
        for (MadeTables tables : made) {
            Optional<TableSettings.Effective> effective = tables.of(table);
            if (effective.isPresent()) {
                return effective;
            }
        }
        return Optional.empty();
    }

    private Optional<TableSettings.Effective> of(TableName table) {
        Optional<TableSettings.Effective> effective = known.get(table);
        if (effective == null) {
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            effective = template.canBe(table.full())
                    ? Optional.of(TableSettings.effective(settings, table))
                    : Optional.empty();
            known.put(table, effective);
        }
        return effective;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MadeTables made && template.equals(made.template) && settings.equals(made.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, settings);
    }

    @Serial
    private Object readResolve() {
        return new MadeTables(template, settings);
    }
}
