package dev.firn.cli.table;

import dev.firn.cli.table.Listing.Kind;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.TableDetails.Column;
import dev.firn.spi.inspection.TableDetails.File;
import dev.firn.spi.inspection.TableDetails.Manifest;
import dev.firn.spi.inspection.TableDetails.Partition;
import dev.firn.spi.inspection.TableDetails.PartitionField;
import dev.firn.spi.inspection.TableDetails.Ref;
import dev.firn.spi.inspection.TableDetails.SortField;

/** The columns of what is shown of a table. */
final class ShowListings {

    static final Listing<Counts> COUNTS = new Listing<Counts>()
            .hidden("rows", Kind.NUMBER, Counts::rows)
            .hidden("data-files", Kind.NUMBER, Counts::dataFiles)
            .hidden("data-bytes", Kind.BYTES, Counts::dataBytes)
            .hidden("position-delete-files", Kind.NUMBER, Counts::positionDeletes)
            .hidden("equality-delete-files", Kind.NUMBER, Counts::equalityDeletes)
            .hidden("delete-entries", Kind.NUMBER, Counts::deletedRows)
            .hidden("delete-bytes", Kind.BYTES, Counts::deleteBytes);

    static final Listing<Column> COLUMNS = new Listing<Column>()
            .column("id", "id", Kind.NUMBER, Column::id)
            .column("column", "column", Kind.WORDS, Column::path)
            .column("type", "type", Kind.WORDS, Column::type)
            .column("required", "required", Kind.ANSWER, Column::isRequired)
            .column("comment", "comment", Kind.WORDS, Column::comment);

    static final Listing<PartitionField> PARTITIONING = new Listing<PartitionField>()
            .column("id", "id", Kind.ID, PartitionField::id)
            .column("name", "name", Kind.WORDS, PartitionField::name)
            .column("transform", "transform", Kind.WORDS, PartitionField::transform)
            .column("of", "column", Kind.WORDS, PartitionField::column);

    static final Listing<SortField> SORTING = new Listing<SortField>()
            .column("column", "column", Kind.WORDS, SortField::column)
            .column("transform", "transform", Kind.WORDS, SortField::transform)
            .column("direction", "direction", Kind.WORDS, SortField::direction)
            .column("nulls", "nulls", Kind.WORDS, SortField::nulls);

    static final Listing<File> FILES = new Listing<File>()
            .column("partition", "partition", Kind.WORDS, File::partition)
            .column("content", "content", Kind.WORDS, File::content)
            .column("rows", "rows", Kind.NUMBER, File::rows)
            .column("bytes", "bytes", Kind.BYTES, File::bytes)
            .hidden("sequence", Kind.NUMBER, File::sequence)
            .hidden("format", Kind.WORDS, File::format)
            .column("path", "path", Kind.PATH, File::path);

    static final Listing<Partition> PARTITIONS = new Listing<Partition>()
            .column("partition", "partition", Kind.WORDS, Partition::partition)
            .column("rows", "rows", Kind.NUMBER, partition -> partition.counts().rows())
            .column("files", "data-files", Kind.NUMBER, partition -> partition
                    .counts()
                    .dataFiles())
            .column("bytes", "data-bytes", Kind.BYTES, partition -> partition
                    .counts()
                    .dataBytes())
            .column("deletes", "delete-files", Kind.NUMBER, partition -> partition
                    .counts()
                    .deleteFiles())
            .column("entries", "delete-entries", Kind.NUMBER, partition -> partition
                    .counts()
                    .deletedRows());

    static final Listing<Manifest> MANIFESTS = new Listing<Manifest>()
            .column("content", "content", Kind.WORDS, Manifest::content)
            .column("spec", "spec", Kind.NUMBER, Manifest::spec)
            .column("bytes", "bytes", Kind.BYTES, Manifest::bytes)
            .column("added", "added-files", Kind.NUMBER, Manifest::added)
            .column("existing", "existing-files", Kind.NUMBER, Manifest::existing)
            .column("deleted", "deleted-files", Kind.NUMBER, Manifest::deleted)
            .hidden("snapshot", Kind.ID, Manifest::snapshot)
            .column("path", "path", Kind.PATH, Manifest::path);

    static final Listing<Ref> REFS = new Listing<Ref>()
            .column("name", "name", Kind.WORDS, Ref::name)
            .column("type", "type", Kind.WORDS, Ref::type)
            .column("snapshot", "snapshot", Kind.ID, Ref::snapshot)
            .column("of", "at", Kind.TIME, Ref::at);

    private ShowListings() {}
}
