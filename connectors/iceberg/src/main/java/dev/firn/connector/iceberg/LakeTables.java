package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.source.OutsideException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The tables of an opened catalog; several threads may use it. */
final class LakeTables implements Closeable {

    private static final String KEPT_METADATA = "20";

    /**
     * A {@code hadoop} catalog numbers its metadata files and a commit is a file that must not exist yet: a writer that
     * slept until the number it wants was deleted again would commit over all that happened since.
     */
    private static final String KEPT_METADATA_OF_HADOOP = "100";

    private final Catalog catalog;
    private final CatalogSettings settings;
    private final Outside outside;
    private final UnaryOperator<TableOperations> commits;

    /** @param commits what stands between Firn and the catalog's commits: nothing, but for tests that inject faults */
    LakeTables(Catalog catalog, CatalogSettings settings, UnaryOperator<TableOperations> commits) {
        this.catalog = catalog;
        this.settings = settings;
        this.outside = new Outside(settings);
        this.commits = commits;
    }

    Outside outside() {
        return outside;
    }

    /** Whether a table's files can be reached only while somebody holds the operations that it was loaded with. */
    boolean haveFilesByTable() {
        return settings.hasFilesByTable();
    }

    Optional<Table> find(TableName name) {
        try {
            return Optional.of(catalog.loadTable(identifier(name)));
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw outside.failed("load table `" + name + "`", e);
        }
    }

    Table load(TableName name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    /** What to say where a table that is needed is not there. */
    OutsideException missing(TableName name) {
        return new OutsideException("table `" + name + "` is not in " + settings.description());
    }

    /** A table that rows were staged for, so it was there. */
    Table loadAgain(TableName name) {
        return find(name)
                .orElseThrow(() -> new OutsideException("table `" + name + "` is not in " + settings.description()
                        + " any more: bring back what was dropped or renamed, and what is staged for it goes in"));
    }

    Set<TableName> list(String namespace) {
        try {
            return catalog.listTables(Namespace.of(namespace.split("\\.", -1))).stream()
                    .map(table -> new TableName(namespace + "." + table.name()))
                    .collect(Collectors.toSet());
        } catch (NoSuchNamespaceException e) {
            return Set.of();
        } catch (RuntimeException e) {
            throw outside.failed("list the tables of `" + namespace + "`", e);
        }
    }

    /** All that the catalog has, in all its namespaces. */
    SortedSet<TableName> all() {
        if (!(catalog instanceof SupportsNamespaces namespaces)) {
            throw new OutsideException("the catalog can't say which namespaces it has");
        }
        SortedSet<TableName> found = new TreeSet<>();
        try {
            namespaces(namespaces).forEach(namespace -> addTables(namespaces, namespace, found));
        } catch (RuntimeException e) {
            throw outside.failed("list its tables", e);
        }
        return found;
    }

    private static List<Namespace> namespaces(SupportsNamespaces catalog) {
        try {
            return catalog.listNamespaces();
        } catch (NoSuchNamespaceException e) {
            // A warehouse in a folder that nobody has written to yet.
            return List.of();
        }
    }

    private void addTables(SupportsNamespaces namespaces, Namespace namespace, SortedSet<TableName> found) {
        for (TableIdentifier table : catalog.listTables(namespace)) {
            found.add(new TableName(String.join(".", namespace.levels()) + "." + table.name()));
        }
        for (Namespace below : namespaces.listNamespaces(namespace)) {
            if (below.length() > namespace.length()) {
                addTables(namespaces, below, found);
            }
        }
    }

    /** Answers the table, but for one that was there already. */
    Optional<Table> create(TableSpec table) {
        TableIdentifier identifier = identifier(table.name());
        Schema schema = IcebergTypes.schema(table.schema());
        Map<String, String> properties = new TreeMap<>(Map.of(
                TableProperties.FORMAT_VERSION,
                "2",
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                "true",
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                settings.isHadoop() ? KEPT_METADATA_OF_HADOOP : KEPT_METADATA,
                TableProperties.PARQUET_COMPRESSION,
                "zstd"));
        properties.putAll(table.properties());
        DataFileFormat.of(table.name(), properties);
        PartitionSpec spec = IcebergPartitions.spec(table, schema);
        SortOrder order = IcebergSortOrders.order(table, schema);
        try {
            createNamespace(identifier.namespace());
            return Optional.of(catalog.buildTable(identifier, schema)
                    .withPartitionSpec(spec)
                    .withSortOrder(order)
                    .withProperties(properties)
                    .create());
        } catch (RuntimeException e) {
            // Somebody else was faster, which catalogs say in several ways, or our own request was sent twice.
            // That it is there already is no more than an answer either.
            if (find(table.name()).isEmpty()) {
                throw outside.failed("create table `" + table.name() + "`", e);
            }
            return Optional.empty();
        }
    }

    /** A table's operations for one commit. */
    TableOperations guarded(Table table, CommitGuard guard) {
        return new GuardedTableOperations(commits.apply(operations(table)), guard);
    }

    static TableOperations operations(Table table) {
        return ((HasTableOperations) table).operations();
    }

    @Override
    public void close() {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void createNamespace(Namespace namespace) {
        if (!(catalog instanceof SupportsNamespaces namespaces) || namespaces.namespaceExists(namespace)) {
            return;
        }
        List<String> levels = new ArrayList<>();
        for (String level : namespace.levels()) {
            levels.add(level);
            Namespace parent = Namespace.of(levels.toArray(String[]::new));
            if (!namespaces.namespaceExists(parent)) {
                createOne(namespaces, parent);
            }
        }
    }

    private static void createOne(SupportsNamespaces namespaces, Namespace namespace) {
        try {
            namespaces.createNamespace(namespace);
        } catch (RuntimeException e) {
            if (!namespaces.namespaceExists(namespace)) {
                throw e;
            }
        }
    }

    private static TableIdentifier identifier(TableName name) {
        return TableIdentifier.of(Namespace.of(name.namespace().toArray(String[]::new)), name.table());
    }
}
