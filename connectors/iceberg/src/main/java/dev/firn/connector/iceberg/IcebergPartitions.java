package dev.firn.connector.iceberg;

import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;

/** Partitioning in Firn's words and in Iceberg's. */
final class IcebergPartitions {

    private static final String VOID = "void";

    private IcebergPartitions() {}

    static PartitionSpec spec(TableSpec table, Schema schema) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        for (PartitionTransform transform : table.partitioning()) {
            try {
                add(builder, transform);
                // Only the whole spec is checked for types, and then nobody says which transform is wrong.
                builder.build();
            } catch (RuntimeException e) {
                throw impossible(table.name().full(), transform, String.valueOf(e.getMessage()));
            }
        }
        PartitionSpec spec = builder.build();
        transforms(table.name().full(), spec);
        return spec;
    }

    static List<PartitionTransform> transforms(String table, PartitionSpec spec) {
        List<PartitionTransform> transforms = new ArrayList<>();
        for (PartitionField field : spec.fields()) {
            String column = spec.schema().findColumnName(field.sourceId());
            String word = field.transform().toString();
            if (!word.equals(VOID)) {
                PartitionTransform transform = transform(table, word, column);
                Type type = spec.schema().findType(field.sourceId());
                if (transform.kind() == PartitionTransform.Kind.IDENTITY && type.typeId() == Type.TypeID.FIXED) {
                    throw impossible(
                            table, transform, "Iceberg can't keep the values of a `" + type + "` column as partitions");
                }
                transforms.add(transform);
            }
        }
        return List.copyOf(transforms);
    }

    private static OutsideException impossible(String table, PartitionTransform transform, String reason) {
        return new OutsideException("table `" + table + "` can't be partitioned by `" + transform + "`: " + reason);
    }

    private static void add(PartitionSpec.Builder builder, PartitionTransform transform) {
        String column = transform.column();
        switch (transform.kind()) {
            case IDENTITY -> builder.identity(column);
            case YEAR -> builder.year(column);
            case MONTH -> builder.month(column);
            case DAY -> builder.day(column);
            case HOUR -> builder.hour(column);
            case BUCKET -> builder.bucket(column, transform.parameter());
            case TRUNCATE -> builder.truncate(column, transform.parameter());
        }
    }

    /** Iceberg writes {@code day} and {@code bucket[16]}. */
    private static PartitionTransform transform(String table, String word, String column) {
        int bracket = word.indexOf('[');
        String name = bracket < 0 ? word : word.substring(0, bracket);
        for (PartitionTransform.Kind kind : PartitionTransform.Kind.values()) {
            if (kind.word().equals(name) && kind.hasParameter() == bracket >= 0) {
                int parameter = bracket < 0 ? 0 : Integer.parseInt(word.substring(bracket + 1, word.length() - 1));
                return new PartitionTransform(kind, column, parameter);
            }
        }
        throw new OutsideException("table `" + table + "` is partitioned in a way that Firn can't write: `" + word
                + "` of `" + column + "`");
    }
}
