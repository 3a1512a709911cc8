package dev.firn.schema.metadata;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import java.util.List;

/** A format of values, with columns of where each came from behind them. */
public record MetadataFormat(RecordFormat values, List<MetadataColumn> columns) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public MetadataFormat {
        columns = List.copyOf(columns);
    }

    /** The format itself where there are no such columns. */
    public static RecordFormat of(RecordFormat values, List<MetadataColumn> columns) {
        return columns.isEmpty() ? values : new MetadataFormat(values, columns);
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return new MetadataReader(values.open(references), columns);
    }
}
