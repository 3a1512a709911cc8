package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.SinkDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.OptionConformance;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.SinkConnector;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcebergSinkConnectorTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: rest, uri: http://localhost:1",
                "type: ${env:TYPE}",
                "type: jdbc, uri: jdbc:sqlite:x, warehouse: s3://lake",
                "type: hadoop, warehouse: /data/lake",
                "type: hadoop, warehouse: ./.lake",
                "type: hadoop, warehouse: file:///data/lake",
                "type: hadoop, warehouse: hdfs://nn/lake",
                "type: hadoop, warehouse: ${env:LAKE}",
                "type: hive",
                "catalog-impl: org.example.OurCatalog"
            })
    void acceptsACatalog(String catalog) {
        assertThat(check(catalog)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: http://localhost:1 | missing-catalog-type | the catalog has no `type`",
                "type: rest, catalog-impl: x.Y | ambiguous-catalog-type"
                        + " | the catalog has both `type` and `catalog-impl`",
                "type: hadop, warehouse: /w | unknown-catalog-type | `hadop` is not a type of catalog",
                "type: rest | missing-catalog-uri | a catalog of type `rest` needs `uri`, and there is none",
                "type: jdbc, warehouse: /w | missing-catalog-uri"
                        + " | a catalog of type `jdbc` needs `uri`, and there is none",
                "type: jdbc, uri: jdbc:sqlite:x | missing-warehouse"
                        + " | a catalog of type `jdbc` needs `warehouse`, and there is none",
                "type: hadoop | missing-warehouse | a catalog of type `hadoop` needs `warehouse`, and there is none",
                "type: hadoop, warehouse: s3a://lake/x | unsafe-warehouse | a catalog of type `hadoop` can't commit"
                        + " safely on `s3a`: renaming a file is not one step there, so two commits at a time can lose one",
                "type: hadoop, warehouse: gs://lake/${env:X} | unsafe-warehouse | a catalog of type `hadoop` can't commit"
                        + " safely on `gs`: renaming a file is not one step there, so two commits at a time can lose one",
                "type: hadoop, warehouse: ABFSS://lake | unsafe-warehouse | a catalog of type `hadoop` can't commit"
                        + " safely on `abfss`: renaming a file is not one step there, so two commits at a time can lose"
                        + " one"
            })
    void complainsOfACatalog(String catalog, String code, String message) {
        assertThat(check(catalog)).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code().code()).isEqualTo(code);
            assertThat(diagnostic.message()).isEqualTo(message);
        });
    }

    @Test
    void namesTheCatalogTypeThatWasProbablyMeant() {
        assertThat(check("type: hadop")).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.expected()).contains("one of `hadoop`, `hive`, `jdbc`, `rest`");
            assertThat(diagnostic.fix()).contains("write `hadoop`");
        });
    }

    @Test
    void keepsTheRulesForOptions() {
        assertThat(OptionConformance.violations(IcebergOptions.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(IcebergCode.class)
    void explainsEachComplaint(IcebergCode code) throws Exception {
        try (InputStream page = IcebergCode.class.getResourceAsStream("/help/" + code.code() + ".md")) {
            assertThat(page).isNotNull();
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("# " + code.code() + "\n\n")
                    .contains("```yaml\n");
        }
    }

    @Test
    void checksWithoutIcebergOnTheClassPath() throws Exception {
        try (URLClassLoader light = new URLClassLoader(lightClassPath(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> light.loadClass("org.apache.iceberg.Table"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> spi = light.loadClass(SinkConnector.class.getName());
            Object connector = ServiceLoader.load(spi, light).iterator().next();

            assertThat(spi.getMethod("type").invoke(connector)).isEqualTo("iceberg");
            Class<?> options = (Class<?>) spi.getMethod("options").invoke(connector);
            Class<?> manage = light.loadClass(IcebergOptions.Manage.class.getName());
            Object none = options.getConstructor(Map.class, manage, Optional.class, int.class)
                    .newInstance(Map.of(), manage.getEnumConstants()[0], Optional.empty(), 64);
            Class<?> names = light.loadClass("dev.firn.spi.sink.LakeNames");
            Object factory = spi.getMethod("lake", Record.class, names)
                    .invoke(connector, none, serializedIn(light, TestLake.NAMES));
            assertThat(serialized(factory)).isNotEmpty();

            Object diagnostics = make(light, "dev.firn.definition.diagnostic.Diagnostics");
            Object span = make(light, "dev.firn.definition.diagnostic.SourceSpan", "orders.yaml", 1, 1, 1);
            Object node = make(light, "dev.firn.definition.yaml.Node$Mapping", List.of(), span);
            Object bound = make(light, "dev.firn.definition.bind.Bound", none, node);
            Object sink = make(light, "dev.firn.definition.SinkDefinition", "iceberg", "shop", bound);
            spi.getMethod("check", sink.getClass(), diagnostics.getClass()).invoke(connector, sink, diagnostics);
            assertThat(diagnostics
                            .getClass()
                            .getMethod("inOrder")
                            .invoke(diagnostics)
                            .toString())
                    .contains("the catalog has no `type`");
        }
    }

    @Test
    void opensTheLakeWhereItIsUsed() throws Exception {
        IcebergOptions options = new IcebergOptions(
                Map.of("type", new Text("hadoop"), "warehouse", new Text("${env:LAKE}")),
                IcebergOptions.Manage.CREATE,
                Optional.empty(),
                64);
        LakeFactory factory = new IcebergSinkConnector().lake(options, TestLake.NAMES);
        byte[] bytes = serialized(factory);

        LakeFactory arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            arrived = (LakeFactory) in.readObject();
        }
        try (Lake lake = arrived.open(raw -> raw.replace("${env:LAKE}", folder.toString()))) {
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        }

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("${env:LAKE}")
                .doesNotContain(folder.toString());
        assertThat(folder.resolve("sales/orders/metadata")).isDirectory();
    }

    @Test
    void keepsTheTablesOfACatalogUnderItsName() {
        Path database = folder.resolve("catalog.db");
        Map<String, Text> catalog = Map.of(
                "type", new Text("jdbc"),
                "uri", new Text("jdbc:sqlite:" + database),
                "warehouse", new Text(folder.toString()));
        Map<String, Text> renamed = new LinkedHashMap<>(catalog);
        renamed.put("catalog-name", new Text("other"));
        Map<String, Text> named = new LinkedHashMap<>(catalog);
        named.put("catalog-name", new Text("firn"));

        try (Lake lake = new IcebergLakeFactory(catalog, TestLake.NAMES, TestLake.LIMITS).open(raw -> raw);
                Lake other = new IcebergLakeFactory(renamed, TestLake.NAMES, TestLake.LIMITS).open(raw -> raw);
                Lake same = new IcebergLakeFactory(named, TestLake.NAMES, TestLake.LIMITS).open(raw -> raw)) {
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

            assertThat(other.table(TestLake.ORDERS)).isEmpty();
            assertThat(same.table(TestLake.ORDERS)).isPresent();
        }
    }

    @Test
    void saysWhyACatalogCannotBeOpenedAndKeepsItsSecrets() {
        Map<String, Text> catalog = Map.of(
                "type", new Text("jdbc"),
                "uri", new Text("jdbc:nosuch://firn:hunter2@db/lake?password=hunter2"),
                "jdbc.password", new Text("${secret:db}"),
                "warehouse", new Text("/lake"));

        assertThatThrownBy(() -> new IcebergLakeFactory(catalog, TestLake.NAMES, TestLake.LIMITS)
                        .open(raw -> raw.replace("${secret:db}", "tr0ub4dor")))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the `jdbc` catalog (uri `jdbc:nosuch://db/lake`, warehouse `/lake`) failed to open: No"
                        + " suitable driver found for jdbc:nosuch://db/lake")
                .satisfies(failure -> assertThat(wholeChain(failure)).doesNotContain("hunter2", "tr0ub4dor"));
    }

    @Test
    void refusesAnUnsafeWarehouseThatOnlyShowsWhenItIsOpened() {
        IcebergLakeFactory factory = new IcebergLakeFactory(
                Map.of("type", new Text("hadoop"), "warehouse", new Text("${env:LAKE}")),
                TestLake.NAMES,
                TestLake.LIMITS);

        assertThatThrownBy(() -> factory.open(raw -> raw.replace("${env:LAKE}", "s3a://lake")))
                .isInstanceOf(OutsideException.class)
                .hasMessageStartingWith("a catalog of type `hadoop` can't commit safely on `s3a`");
    }

    private static List<Diagnostic> check(String catalog) {
        SourceSpan span = new SourceSpan("orders.yaml", 3, 5, 7);
        Map<String, Text> properties = new LinkedHashMap<>();
        for (String property : catalog.split(", ")) {
            String[] pair = property.split(": ", 2);
            properties.put(pair[0], new Text(pair[1]));
        }
        Bound<?> bound = new Bound<>(
                new IcebergOptions(properties, IcebergOptions.Manage.CREATE, Optional.empty(), 64),
                new Node.Mapping(List.of(), span));
        Diagnostics diagnostics = new Diagnostics();
        new IcebergSinkConnector().check(new SinkDefinition("iceberg", "shop", bound), diagnostics);
        return diagnostics.inOrder();
    }

    /** What stands on the class path of `lint`: no Iceberg, no Hadoop, no logging. */
    private static URL[] lightClassPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Class<?> here :
                List.of(IcebergSinkConnector.class, SinkConnector.class, Diagnostic.class, Nullable.class)) {
            urls.add(here.getProtectionDomain().getCodeSource().getLocation());
        }
        return urls.toArray(URL[]::new);
    }

    /** Through the public constructor with as many parameters. */
    private static Object make(ClassLoader loader, String type, Object... arguments) throws Exception {
        for (Constructor<?> constructor : loader.loadClass(type).getConstructors()) {
            if (constructor.getParameterCount() == arguments.length) {
                return constructor.newInstance(arguments);
            }
        }
        throw new AssertionError("no constructor of " + type);
    }

    private static Object serializedIn(ClassLoader loader, Object value) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized(value))) {
            @Override
            protected Class<?> resolveClass(java.io.ObjectStreamClass described) throws ClassNotFoundException {
                return Class.forName(described.getName(), false, loader);
            }
        }) {
            return in.readObject();
        }
    }

    private static byte[] serialized(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static String wholeChain(Throwable failure) {
        java.io.StringWriter chain = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(chain));
        return chain.toString();
    }
}
