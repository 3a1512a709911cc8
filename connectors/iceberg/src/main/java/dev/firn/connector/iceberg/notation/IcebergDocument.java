package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.ReadSchema;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/** What a document of Iceberg's says beside the columns of its schema. */
final class IcebergDocument {

    private IcebergDocument() {}

    static ReadSchema read(String text) throws NotReadable {
        Losses losses = new Losses("a schema of columns");
        Schema schema = text.contains("\"last-column-id\"") ? current(text, losses) : alone(text);
        if (!schema.identifierFieldIds().isEmpty()) {
            losses.lose(
                    "",
                    "that rows are identified by "
                            + schema.identifierFieldNames().stream()
                                    .sorted()
                                    .collect(Collectors.joining("`, `", "`", "`")));
        }
        return new ReadSchema(IcebergShapes.of(schema), losses.all());
    }

    private static Schema alone(String text) throws NotReadable {
        try {
            return SchemaParser.fromJson(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new NotReadable("it is no schema of Iceberg: " + sentence(e));
        }
    }

    private static Schema current(String text, Losses losses) throws NotReadable {
        TableMetadata metadata;
        try {
            metadata = TableMetadataParser.fromJson(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new NotReadable("it is no metadata of an Iceberg table: " + sentence(e));
        }
        PartitionSpec spec = metadata.spec();
        if (spec.isPartitioned()) {
            losses.lose(
                    "",
                    "the partitioning by "
                            + spec.fields().stream()
                                    .map(field -> field.name())
                                    .collect(Collectors.joining("`, `", "`", "`")));
        }
        if (metadata.sortOrder().isSorted()) {
            losses.lose("", "the sort order");
        }
        return metadata.schema();
    }

    private static String sentence(Throwable e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.isEmpty() || e instanceof StackOverflowError ? "it is nested too deeply" : message;
    }
}
