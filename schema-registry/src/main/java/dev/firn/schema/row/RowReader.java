package dev.firn.schema.row;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads values as another reader does, and lays what a record came with beside them. */
final class RowReader implements FormatReader {

    private final FormatReader values;
    private final Optional<KeyFormat.Open> key;
    private final List<MetadataColumn> metadata;
    private final Optional<KeyFormat.Open> deletes;
    private final Map<String, FormatReader> streams = new HashMap<>();
    private final Map<Alike, FormatReader> alike = new HashMap<>();

    RowReader(
            FormatReader values,
            Optional<KeyFormat.Open> key,
            List<MetadataColumn> metadata,
            Optional<KeyFormat.Open> deletes) {
        this.values = values;
        this.key = key;
        this.metadata = metadata;
        this.deletes = deletes;
    }

    /** Streams whose values are read alike, and whose keys are. */
    private record Alike(FormatReader values, Optional<SideColumns> key, Optional<FormatReader> deletes) {}

    @Override
    public FormatReader stream(String name) {
        return streams.computeIfAbsent(
                name,
                missing -> alike.computeIfAbsent(
                        new Alike(
                                values.stream(name),
                                key.flatMap(format -> format.stream(name)),
                                deletes.map(format -> new KeyReader(format.stream(name)))),
                        this::ofStream));
    }

    private FormatReader ofStream(Alike stream) {
        List<SideColumns> sides = new ArrayList<>(stream.key().stream().toList());
        if (!metadata.isEmpty()) {
            sides.add(new MetadataColumns(metadata));
        }
        return new OfStream(stream.values(), sides, stream.deletes());
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return values.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        throw ofNoStream();
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        throw ofNoStream();
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        throw ofNoStream();
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        throw ofNoStream();
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        throw ofNoStream();
    }

    private static IllegalStateException ofNoStream() {
        return new IllegalStateException("our bug: rows are read for a stream");
    }

    @Override
    public void close() {
        try {
            key.ifPresent(KeyFormat.Open::close);
        } finally {
            try {
                deletes.ifPresent(KeyFormat.Open::close);
            } finally {
                values.close();
            }
        }
    }

    /** The reader of one stream's records; closed with the one that it is from. */
    private record OfStream(FormatReader values, List<SideColumns> sides, Optional<FormatReader> deletes)
            implements FormatReader {

        @Override
        public FormatReader stream(String name) {
            throw new IllegalStateException("our bug: this is a stream's reader already");
        }

        @Override
        public int schemaId(RawRecord record) throws Rejected {
            return values.schemaId(record);
        }

        @Override
        public boolean isDelete(RawRecord record) throws Rejected {
            return values.isDelete(record);
        }

        @Override
        public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
            Layout layout = new Layout(table, sides, SideColumns.Wanted.ALL, structs);
            return layout.around(values.decoder(schemaId, layout.values(), layout.structs()));
        }

        @Override
        public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
            Layout layout = new Layout(view.columns(), sides, SideColumns.Wanted.allBut(view.leftOut()), structs);
            return layout.around(values.decoder(schemaId, ofValues(view, layout.values()), layout.structs()));
        }

        /** Where a side column is left out, a field of that name is not. */
        private WriterView ofValues(WriterView view, TableSchema columns) {
            return new WriterView(
                    columns,
                    view.leftOut().stream()
                            .filter(path -> sides.stream().noneMatch(side -> side.has(path)))
                            .collect(Collectors.toSet()));
        }

        @Override
        public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
            Layout layout = new Layout(some.columns(), sides, SideColumns.Wanted.SOME, structs);
            return layout.around(values.projection(schemaId, ofValues(some, layout.values()), layout.structs()));
        }

        @Override
        public Optional<WriterSchema> written(int schemaId) throws Rejected {
            Optional<WriterSchema> written = values.written(schemaId);
            return written.isEmpty()
                    ? written
                    : Optional.of(new WholeRows(sides)
                            .of(SchemaLineage.of(written.get()))
                            .schema());
        }

        @Override
        public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
            List<SchemaLineage> whole = new ArrayList<>();
            for (SchemaLineage lineage : values.lineages(schemaId, stream)) {
                whole.add(new WholeRows(sides).of(lineage));
            }
            return whole;
        }

        @Override
        public RowDecoder projection(int schemaId, TableSchema some, StructFactory structs) throws Rejected {
            Layout layout = new Layout(some, sides, SideColumns.Wanted.SOME, structs);
            return layout.around(values.projection(schemaId, layout.values(), layout.structs()));
        }

        @Override
        public ColumnReader column(int schemaId, String name) throws Rejected {
            for (SideColumns side : sides) {
                Optional<ColumnReader> own = side.column(name);
                if (own.isPresent()) {
                    return own.get();
                }
            }
            return values.column(schemaId, name);
        }

        @Override
        public void close() {
            // Whoever opened it closes all.
        }
    }
}
