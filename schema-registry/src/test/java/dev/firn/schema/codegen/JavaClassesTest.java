package dev.firn.schema.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.testing.RandomAvro;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that are written are compiled, and records go through them. */
class JavaClassesTest {

    private static final int SCHEMAS = 25;
    private static final int RECORDS = 10;

    @TempDir
    private Path folder;

    @Test
    void recordsGoThroughTheClassesAndComeBackEqual() throws Exception {
        List<Schema> schemas = new ArrayList<>();
        for (int seed = 0; seed < SCHEMAS; seed++) {
            JavaClasses classes = new JavaClasses(Optional.of("gen.p" + seed));
            String text = new RandomAvro(seed).record().toString();
            classes.add("seed " + seed, text);
            new SourceFolder(folder).write(classes.files());
            schemas.add(new Schema.Parser().parse(text));
        }
        int compared = 0;
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = compiled()) {
            // Where Avro looks for the classes of records within records.
            Thread.currentThread().setContextClassLoader(loader);
            for (int seed = 0; seed < SCHEMAS; seed++) {
                compared += compared(
                        loader.loadClass(
                                "gen.p" + seed + "." + schemas.get(seed).getName()),
                        new RandomAvro(1_000 + seed));
            }
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
        assertThat(compared).isEqualTo(SCHEMAS * RECORDS);
    }

    private static <T> int compared(Class<T> type, RandomAvro random) throws Exception {
        Schema schema = (Schema) type.getField("SCHEMA$").get(null);
        for (int i = 0; i < RECORDS; i++) {
            byte[] before = encoded(new GenericDatumWriter<>(schema), random.recordValue(schema));
            T record = new SpecificDatumReader<>(type)
                    .read(null, DecoderFactory.get().binaryDecoder(before, null));
            assertThat(record).isInstanceOf(type);
            byte[] after = encoded(new SpecificDatumWriter<>(type), record);
            assertThat(generic(schema, after)).isEqualTo(generic(schema, before));
        }
        return RECORDS;
    }

    private static <T> byte[] encoded(DatumWriter<T> writer, T record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(record, encoder);
        return bytes.toByteArray();
    }

    private static Object generic(Schema schema, byte[] bytes) throws IOException {
        return new GenericDatumReader<>(schema, schema, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private URLClassLoader compiled() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> sources = Files.walk(folder)) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(code)
                .as(said.toString(java.nio.charset.StandardCharsets.UTF_8))
                .isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, JavaClassesTest.class.getClassLoader());
    }

    private static JavaClasses of(String... schemas) throws NoClasses, IOException {
        JavaClasses classes = new JavaClasses(Optional.empty());
        for (int i = 0; i < schemas.length; i++) {
            classes.add("s" + i, schemas[i].replace('\'', '"'));
        }
        return classes;
    }

    private static final String LINE = "{'type': 'record', 'name': 'a.Line', 'fields': [{'name': 'n', 'type': 'int'}]}";

    @Test
    void compilesATypeThatSeveralSchemasHaveOnce() throws NoClasses, IOException {
        JavaClasses classes = of(
                "{'type': 'record', 'name': 'a.Order', 'fields': [{'name': 'line', 'type': " + LINE + "}]}",
                "{'type': 'record', 'name': 'b.Bill', 'fields': [{'name': 'line', 'type': " + LINE + "}]}");

        assertThat(classes.files()).containsOnlyKeys("a/Line.java", "a/Order.java", "b/Bill.java");
        assertThat(classes.withoutPackage()).isEmpty();
    }

    @Test
    void refusesANameThatIsOfTwoTypes() {
        assertThatThrownBy(() -> of(LINE, LINE.replace("int", "long")))
                .hasMessage(
                        "`a.Line` is one type in `s0` and another in `s1`, and a class is of one; compile them into folders"
                                + " of their own");
    }

    @Test
    void givesTypesWithoutANamespaceThePackageAndNoOthers() throws NoClasses, IOException {
        String schema = "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"l\", \"type\": "
                + LINE.replace('\'', '"') + "}]}";
        JavaClasses classes = new JavaClasses(Optional.of("shop"));
        classes.add("s", schema);

        assertThat(classes.files()).containsOnlyKeys("a/Line.java", "shop/R.java");
        assertThat(of(schema).withoutPackage()).containsExactly("R");
    }

    @Test
    void lowersDocsToComments() throws Exception {
        JavaClasses classes = of("{'type': 'record', 'name': 'a.R', 'doc': '*/ class Evil {} /*', 'fields': ["
                + "{'name': 'x', 'type': 'int', 'doc': '\\\\u002a/ static int evil; /*'},"
                + "{'name': 'l', 'type': {'type': 'array', 'items': {'type': 'enum', 'name': 'E', 'doc': '*/ class Evil {} /*',"
                + " 'symbols': ['A']}}},"
                + "{'name': 'd', 'type': {'type': 'record', 'name': 'D', 'fields': [{'name': 'doc', 'type': 'string'}]},"
                + " 'default': {'doc': '*/'}}]}");
        new SourceFolder(folder).write(classes.files());

        try (URLClassLoader loader = compiled()) {
            assertThat(loader.loadClass("a.R").getFields()).extracting("name").doesNotContain("evil");
            assertThat(folder.resolve("a/Evil.class")).doesNotExist();
            Schema schema = (Schema) loader.loadClass("a.R").getField("SCHEMA$").get(null);
            assertThat(schema.getDoc()).isEqualTo("*&#47; class Evil {} /*");
            assertThat(schema.getField("d").defaultVal()).hasToString("{doc=*/}");
        }
    }

    @Test
    void refusesWhatWouldBeJavaOfSomebodyElses() {
        assertThatThrownBy(() -> of("{'type': 'record', 'name': 'R', 'namespace': '../x', 'fields': []}"))
                .hasMessage("`s0`: `../x.R` can't be the name of a class");
        assertThatThrownBy(() -> of("{'type': 'record', 'name': 'R', 'fields': [{'name': 'x', 'type':"
                        + " {'type': 'string', 'java-class': 'String x; static { }'}}]}"))
                .hasMessage("`s0`: `java-class` is `String x; static { }`, which is more than the name of a class");
        assertThatThrownBy(() -> of("{'type': 'record', 'name': 'R', 'fields': [{'name': 'x', 'type': 'int',"
                        + " 'javaAnnotation': ['Deprecated', 'X class Y {}']}]}"))
                .hasMessage("`s0`: `javaAnnotation` is `X class Y {}`, which is more than the name of a class");
    }

    @Test
    void saysWhatHasNoClass() {
        assertThatThrownBy(() -> of("'string'"))
                .hasMessage("`s0` has no record, enum or fixed, and only those become classes");
        assertThatThrownBy(() -> of("{'type': 'record'}"))
                .hasMessage("`s0` is not valid Avro: No name in schema: {\"type\":\"record\"}");
        assertThatThrownBy(() -> of("{")).hasMessage("`s0` is not valid Avro: it is not JSON");
    }
}
