package dev.firn.quality.validation;

import dev.firn.quality.expression.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One version of a record, and which of its fields are hidden in its table. A version is refused as a whole where it can't be told which
 * field a mask means: then some field has what is to be hidden, under a name that the file does not know.
 *
 * @param masks by the version's fields
 */
record MaskedWriter(WriterSchema clear, Map<String, RowMask> masks) {

    /** @throws Rejected if no record of that version may be written, for something in it could not be hidden */
    static MaskedWriter of(RowRules rules, WriterSchema clear, FieldNames.Versions versions) throws Rejected {
        Set<String> names = rules.masks().stream().map(RowMask::column).collect(Collectors.toCollection(TreeSet::new));
        FieldNames fields = FieldNames.of(names, rules.columns(), clear, versions);
        Map<String, RowMask> masks = new HashMap<>();
        for (RowMask mask : rules.masks()) {
            String field = fields.field(mask.column()).orElse(null);
            if (field == null) {
                requireYetToCome(mask, versions);
            } else {
                masks.put(field, mask);
            }
        }
        masks.putAll(heirs(clear, masks.keySet(), rules, versions));
        MaskedWriter writer = new MaskedWriter(clear, masks);
        for (Column column : clear.columns().columns()) {
            writer.written(column);
        }
        return writer;
    }

    /**
     * Fields that once had the name of what is hidden: some version has given that name to another field since, and what is hidden does not
     * come to light by that, whatever the file was planned with.
     */
    private static Map<String, RowMask> heirs(
            WriterSchema clear, Set<String> hidden, RowRules rules, FieldNames.Versions versions) throws Rejected {
        Map<String, RowMask> heirs = new HashMap<>();
        for (SchemaLineage lineage : versions.all()) {
            heirs.putAll(everHidden(rules, lineage));
        }
        heirs.keySet().removeAll(hidden);
        heirs.keySet()
                .retainAll(clear.columns().columns().stream().map(Column::name).toList());
        return heirs;
    }

    private static Map<String, RowMask> everHidden(RowRules rules, SchemaLineage lineage) {
        Map<String, RowMask> names = new HashMap<>();
        rules.masks().forEach(mask -> names.put(mask.column(), mask));
        for (WriterSchema version : lineage.versions().subList(0, lineage.own() + 1)) {
            version.formerNames().forEach((field, former) -> former.stream()
                    .filter(names::containsKey)
                    .findFirst()
                    .ifPresent(name -> names.putIfAbsent(field, names.get(name))));
        }
        return names;
    }

    private static void requireYetToCome(RowMask mask, FieldNames.Versions versions) throws Rejected {
        ColumnPath path = new ColumnPath(List.of(mask.column()));
        for (SchemaLineage lineage : versions.all()) {
            if (!Origins.isYetToCome(path, Origins.Origin.LACKING, lineage)) {
                throw new Rejected(
                        RejectCode.SCHEMA_CHANGE_REFUSED,
                        "the record's schema does not have `" + mask.column()
                                + "`, which `mask` hides, and is no older than"
                                + " it; say in `mask` what it is called now, then put its records back with `firn replay`");
            }
        }
    }

    /** A column as it is written. */
    Column written(Column clear) throws Rejected {
        RowMask mask = masks.get(clear.name());
        if (mask == null) {
            return clear;
        }
        return MaskedValues.column(mask.as(), clear)
                .orElseThrow(() -> new Rejected(
                        RejectCode.SCHEMA_NOT_IN_TABLE,
                        "`" + clear.name() + "` is `" + clear.type()
                                + "` in the record's schema, which `mask` can't hide so"));
    }

    /** What evolution is told: what is hidden has the type of what it becomes, and no symbols and defaults, which would be clear. */
    WriterSchema schema() throws Rejected {
        List<Column> columns = new ArrayList<>();
        for (Column column : clear.columns().columns()) {
            columns.add(written(column));
        }
        return WriterSchema.of(new TableSchema(columns), clear.formerNames(), clear.symbols(), clear.tags())
                .withoutSymbols(masks.keySet())
                .with(withoutHidden(clear.choices()), withoutHidden(clear.defaults()));
    }

    private SortedSet<String> withoutHidden(SortedSet<String> paths) {
        SortedSet<String> rest = new TreeSet<>(paths);
        rest.removeAll(masks.keySet());
        return rest;
    }
}
