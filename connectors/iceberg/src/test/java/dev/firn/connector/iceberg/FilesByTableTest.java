package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A REST catalog that gives each table its own way to its files closes it when it thinks that nobody needs it any more. */
class FilesByTableTest {

    @TempDir
    Path folder;

    /** Files on local disk until it is closed. */
    public static final class Closing implements FileIO {

        private static final long serialVersionUID = 1L;

        static final AtomicInteger CLOSED = new AtomicInteger();

        private final transient HadoopFileIO real = new HadoopFileIO(new Configuration());
        private volatile boolean closed;

        private HadoopFileIO open() {
            if (closed) {
                throw new IllegalStateException("Connection pool shut down");
            }
            return real;
        }

        @Override
        public InputFile newInputFile(String path) {
            return open().newInputFile(path);
        }

        @Override
        public OutputFile newOutputFile(String path) {
            return open().newOutputFile(path);
        }

        @Override
        public void deleteFile(String path) {
            open().deleteFile(path);
        }

        @Override
        public void close() {
            closed = true;
            CLOSED.incrementAndGet();
        }
    }

    /** A server with one table, whose every answer tells the client to use other files than the catalog's. */
    private record OneTable(TestLake lake) implements RESTClient {

        @Override
        public <T extends RESTResponse> T get(
                String path,
                Map<String, String> query,
                Class<T> type,
                Map<String, String> headers,
                Consumer<ErrorResponse> errors) {
            if (type == ConfigResponse.class) {
                return type.cast(ConfigResponse.builder().build());
            }
            return type.cast(LoadTableResponse.builder()
                    .withTableMetadata(
                            LakeTables.operations(lake.table(TestLake.ORDERS)).current())
                    .addConfig(CatalogProperties.FILE_IO_IMPL, Closing.class.getName())
                    .build());
        }

        @Override
        public void head(String path, Map<String, String> headers, Consumer<ErrorResponse> errors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends RESTResponse> T delete(
                String path, Class<T> type, Map<String, String> headers, Consumer<ErrorResponse> errors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends RESTResponse> T post(
                String path,
                RESTRequest body,
                Class<T> type,
                Map<String, String> headers,
                Consumer<ErrorResponse> errors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends RESTResponse> T postForm(
                String path,
                Map<String, String> form,
                Class<T> type,
                Map<String, String> headers,
                Consumer<ErrorResponse> errors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void stayOpenForAsLongAsTheTableIsWritten() {
        try (TestLake lake = new TestLake(CatalogKind.HADOOP, folder);
                LakeTables tables = rest(lake)) {
            lake.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
            ListedRows rows = ListedRows.ofNumbers(1, 2, 3);
            try (TableWriters writers = new IcebergWriters(
                    tables,
                    TestLake.NAMES,
                    new WriterSettings(1, 0, 0),
                    new IcebergWriters.Tables(Duration.ofDays(1), Optional.empty()),
                    TestLake.LIMITS)) {
                writers.write(TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
                assertThat(writers.stage()).hasSize(1);

                // What was loaded later and is not needed either tells that the collector has been there.
                for (int load = 0; load < 200 && Closing.CLOSED.get() < 2; load++) {
                    tables.load(TestLake.ORDERS);
                    System.gc();
                }
                assertThat(Closing.CLOSED).hasValueGreaterThan(1);

                writers.write(TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
                assertThat(writers.stage()).singleElement().satisfies(staged -> assertThat(
                                HoldingArea.isHeld(StagedManifest.of(staged).path()))
                        .as("in the table, not in the holding area")
                        .isFalse());
            }
        }
    }

    private static LakeTables rest(TestLake lake) {
        RESTCatalog catalog =
                new RESTCatalog(SessionCatalog.SessionContext.createEmpty(), config -> new OneTable(lake));
        catalog.initialize("rest", Map.of(CatalogProperties.URI, "http://127.0.0.1:1"));
        CatalogSettings settings = CatalogSettings.resolve(Map.of("type", new Text("rest")), raw -> raw);
        return new LakeTables(catalog, settings, UnaryOperator.identity());
    }

    @Test
    void areOneForAllTablesOfOtherCatalogs() {
        assertThat(List.of("hadoop", "jdbc", "hive"))
                .allSatisfy(type -> assertThat(new CatalogSettings("c", Map.of("type", type), "it").hasFilesByTable())
                        .isFalse());
        assertThat(new CatalogSettings("c", Map.of("catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog"), "it")
                        .hasFilesByTable())
                .isTrue();
    }
}
