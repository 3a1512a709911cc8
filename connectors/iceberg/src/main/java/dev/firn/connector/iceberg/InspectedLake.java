package dev.firn.connector.iceberg;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.source.OutsideException;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;

/** A catalog as somebody sees it who only looks; nothing here writes. */
public final class InspectedLake implements Closeable {

    private final LakeTables tables;

    private InspectedLake(Catalog catalog, CatalogSettings settings) {
        this.tables = new LakeTables(catalog, settings, UnaryOperator.identity());
    }

    /** @throws OutsideException if it can't be opened */
    public static InspectedLake open(Map<String, Text> catalog, ReferenceResolver references) {
        CatalogSettings settings = CatalogSettings.resolve(catalog, references);
        return new InspectedLake(IcebergLake.catalog(settings), settings);
    }

    /** All that the catalog has, in all its namespaces. */
    public SortedSet<TableName> tables() {
        return tables.all();
    }

    /** A table as it is now. */
    public Optional<Table> find(TableName name) {
        return tables.find(name);
    }

    public static TableMetadata metadata(Table table) {
        return LakeTables.operations(table).current();
    }

    /** The pipelines whose rows are, or were, in a table, sorted by their names; none where what it says of them is not Firn's. */
    public static List<OtherPipeline> pipelines(TableName name, Table table) {
        try {
            return new TableMarks(name, "", new LedgerId("", "")).others(metadata(table));
        } catch (CommitRefused e) {
            return List.of();
        }
    }

    /**
     * Calls {@code each} with a pipeline's epochs from {@code first} on, in their order.
     *
     * @throws OutsideException if they can't be read, or the ledger is another than the one that is meant
     */
    public void epochs(OtherPipeline pipeline, long first, Consumer<WrittenEpoch> each) {
        TableName name = pipeline.ledger()
                .orElseThrow(() -> new OutsideException(
                        "the table does not say where the ledger of pipeline `" + pipeline.name() + "` is"));
        try {
            Table ledger = tables.load(name);
            TableMetadata metadata = metadata(ledger);
            if (!pipeline.ledgerIncarnation().equals(metadata.uuid())) {
                throw new OutsideException(
                        "the ledger `" + name + "` is another than the one that the table was written with");
            }
            LedgerMarks marks = LedgerMarks.of(metadata).readable(name);
            if (first > marks.epoch()) {
                return;
            }
            new LedgerReader(ledger).history(first - 1, marks.epoch(), (folded, positions) -> {
                LedgerRow.Head head = folded.row().head();
                each.accept(new WrittenEpoch(folded.epoch(), head.first(), head.writtenAt()));
            });
        } catch (OutsideException told) {
            throw told;
        } catch (RuntimeException e) {
            throw tables.outside().failed("read the ledger `" + name + "`", e);
        }
    }

    /** A place, or another text, as it may be shown: what stands before a host, or behind a question mark, may be a secret. */
    public static String withoutCredentials(String text) {
        return text.contains("://") || text.startsWith("jdbc:") ? CatalogSettings.withoutCredentials(text) : text;
    }

    /** A failure of the catalog or the storage in words that may be printed. */
    public OutsideException failed(String what, Throwable failure) {
        return failure instanceof OutsideException told
                ? told
                : tables.outside().failed(what, failure);
    }

    /** The same in one line, without what was tried. */
    public String words(Throwable failure) {
        return tables.outside().words(failure);
    }

    @Override
    public void close() {
        tables.close();
    }
}
