package dev.firn.schema.row;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A format of values, with columns of their keys and of where they came from behind them.
 *
 * @param key null where the key has no columns
 */
public record RowFormat(RecordFormat values, @Nullable KeyFormat key, List<MetadataColumn> metadata)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public RowFormat {
        metadata = List.copyOf(metadata);
    }

    /** The format of the values itself where there are no such columns. */
    public static RecordFormat of(RecordFormat values, Optional<KeyFormat> key, List<MetadataColumn> metadata) {
        return key.isEmpty() && metadata.isEmpty() ? values : new RowFormat(values, key.orElse(null), metadata);
    }

    /** Keys that name a schema are of the same registry as values that do, and share its shelf. */
    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return key instanceof KeyFormat.Framed framed ? framed.keys().memory(references) : values.memory(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return key instanceof KeyFormat.Framed framed ? framed.keys().memoryAlone() : values.memoryAlone();
    }

    @Override
    public FramedParts framed() {
        return FramedParts.of(key instanceof KeyFormat.Framed, values.framed().hasValue());
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        FormatReader reader = values.open(references);
        try {
            return new RowReader(reader, Optional.ofNullable(key).map(format -> format.open(references)), metadata);
        } catch (RuntimeException failed) {
            reader.close();
            throw failed;
        }
    }
}
