package dev.firn.benchmarks.flink;

import dev.firn.benchmarks.measure.Work;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;

/** The tables of a namespace in the work's warehouse. */
record Lake(String warehouse, String namespace) {

    static Lake of(Work work, int repetition) {
        return new Lake("file:" + work.warehouse().toAbsolutePath(), work.namespace(repetition));
    }

    TableLoader table(String name) {
        CatalogLoader catalog = CatalogLoader.hadoop(
                "lake", new Configuration(), Map.of(CatalogProperties.WAREHOUSE_LOCATION, warehouse));
        return TableLoader.fromCatalog(catalog, TableIdentifier.of(namespace, name));
    }
}
