package dev.firn.schema.row;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A format of values, with columns of their keys and of where they came from behind them.
 *
 * @param key null where the key has no columns
 * @param deletes the keys of records without a value; null where such a record deletes nothing
 */
public record RowFormat(
        RecordFormat values, @Nullable KeyFormat key, List<MetadataColumn> metadata, @Nullable KeyFormat deletes)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public RowFormat {
        metadata = List.copyOf(metadata);
    }

    /** Where a record without a value deletes nothing: the format of the values itself where there are no such columns. */
    public static RecordFormat of(RecordFormat values, Optional<KeyFormat> key, List<MetadataColumn> metadata) {
        return of(values, key, metadata, Optional.empty());
    }

    /** @param deletes the keys of records without a value, which delete rows */
    public static RecordFormat of(
            RecordFormat values, Optional<KeyFormat> key, List<MetadataColumn> metadata, Optional<KeyFormat> deletes) {
        return key.isEmpty() && metadata.isEmpty() && deletes.isEmpty()
                ? values
                : new RowFormat(values, key.orElse(null), metadata, deletes.orElse(null));
    }

    /** Those that name a schema. */
    private Optional<KeyFormat.Framed> framedKeys() {
        return Stream.of(key, deletes)
                .filter(KeyFormat.Framed.class::isInstance)
                .map(KeyFormat.Framed.class::cast)
                .findFirst();
    }

    /** Keys that name a schema are of the same registry as values that do, and share its shelf. */
    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return framedKeys().map(KeyFormat.Framed::keys).orElse(values).memory(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return framedKeys().map(KeyFormat.Framed::keys).orElse(values).memoryAlone();
    }

    @Override
    public FramedParts framed() {
        return FramedParts.of(framedKeys().isPresent(), values.framed().hasValue());
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        FormatReader reader = values.open(references);
        try {
            return new RowReader(
                    reader,
                    Optional.ofNullable(key).map(format -> format.open(references)),
                    metadata,
                    Optional.ofNullable(deletes).map(format -> format.open(references)));
        } catch (RuntimeException failed) {
            reader.close();
            throw failed;
        }
    }
}
