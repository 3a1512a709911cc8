package dev.firn.schema.row;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the schemas of values are as schemas of whole rows: behind their columns stand the others, as in the tables that a plan
 * makes of them. A field that is called like one of those keeps a schema from being rows, as it keeps a plan from being made.
 */
final class WholeRows {

    private final List<Column> sides;
    private final Set<String> taken = new HashSet<>();

    WholeRows(List<SideColumns> sides) {
        this.sides = sides.stream().flatMap(side -> side.columns().stream()).toList();
        this.sides.forEach(column -> taken.add(folded(column.name())));
    }

    SchemaLineage of(SchemaLineage values) throws Rejected {
        Optional<String> twice = twice(values.schema());
        if (twice.isPresent()) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "the values have a field `" + twice.get() + "`, and so is a column called that stands beside them");
        }
        List<WriterSchema> versions = new ArrayList<>();
        Set<Integer> deleted = new HashSet<>();
        SortedMap<String, Integer> numbers = new TreeMap<>();
        int own = 0;
        for (int version = 0; version < values.versions().size(); version++) {
            if (version == values.own()) {
                own = versions.size();
            }
            WriterSchema schema = values.versions().get(version);
            if (twice(schema).isEmpty()) {
                if (values.deleted().contains(version)) {
                    deleted.add(versions.size());
                }
                WriterSchema whole = whole(schema);
                values.number(schema).ifPresent(number -> numbers.put(whole.fingerprint(), number));
                versions.add(whole);
            }
        }
        SchemaLineage.Subject subject =
                new SchemaLineage.Subject(values.subject().name(), numbers);
        return new SchemaLineage(versions, own, deleted, subject);
    }

    private WriterSchema whole(WriterSchema values) {
        List<Column> columns = new ArrayList<>(values.columns().columns());
        columns.addAll(sides);
        return WriterSchema.of(new TableSchema(columns), values.formerNames(), values.symbols())
                .with(values.choices(), values.defaults());
    }

    /** A field that has the name of another column. */
    private Optional<String> twice(WriterSchema values) {
        return values.columns().columns().stream()
                .map(Column::name)
                .filter(name -> taken.contains(folded(name)))
                .findFirst();
    }

    /** Catalogs and engines that know no case must not see two columns as one. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
