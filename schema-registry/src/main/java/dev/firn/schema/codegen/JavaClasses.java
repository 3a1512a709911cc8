package dev.firn.schema.codegen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.avro.AvroSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData.StringType;

/**
 * The Java source files of schemas, each named type once. A schema comes from anywhere, and Avro's compiler writes some of its
 * texts into Java as they are, so nothing passes here that would be Java of somebody else's.
 */
public final class JavaClasses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<String> defaultPackage;
    private final SortedMap<String, Defined> types = new TreeMap<>();
    private final SortedMap<String, String> files = new TreeMap<>();

    private record Defined(Schema schema, String where) {}

    /** @param defaultPackage of types that have no namespace */
    public JavaClasses(Optional<String> defaultPackage) {
        this.defaultPackage = defaultPackage;
    }

    /**
     * Compiles one schema.
     *
     * @param where it comes from, as messages name it
     * @param text Avro's JSON
     */
    public void add(String where, String text) throws NoClasses, IOException {
        Schema schema = prepared(where, text);
        JavaNames names = new JavaNames(where);
        Map<String, Schema> named = names.namedTypes(schema);
        if (named.isEmpty()) {
            throw new NoClasses("`" + where + "` has no record, enum or fixed, and only those become classes");
        }
        for (Map.Entry<String, Schema> type : named.entrySet()) {
            Defined other = types.putIfAbsent(type.getKey(), new Defined(type.getValue(), where));
            if (other != null && !other.schema().equals(type.getValue())) {
                throw new NoClasses("`" + type.getKey() + "` is one type in `" + other.where() + "` and another in `"
                        + where + "`, and a class is of one; compile them into folders of their own");
            }
        }
        compile(schema);
    }

    /** With its namespace, and without what would end a comment. */
    private Schema prepared(String where, String text) throws NoClasses {
        try {
            JsonNode tree = JSON.readTree(text);
            Comments.disarm(tree);
            if (defaultPackage.isPresent() && tree instanceof ObjectNode root && !root.has("namespace")) {
                // It does not count where the name has dots.
                root.put("namespace", defaultPackage.get());
            }
            return AvroSchemas.parse(JSON.writeValueAsString(tree));
        } catch (JsonProcessingException | AvroSchemas.NotAvro e) {
            throw new NoClasses("`" + where + "` is not valid Avro: "
                    + (e instanceof AvroSchemas.NotAvro ? e.getMessage() : "it is not JSON"));
        }
    }

    private void compile(Schema schema) throws IOException {
        Path folder = Files.createTempDirectory("firn-codegen-");
        try {
            SpecificCompiler compiler = new SpecificCompiler(schema);
            compiler.setStringType(StringType.String);
            compiler.setEnableDecimalLogicalType(true);
            compiler.setOutputCharacterEncoding("UTF-8");
            compiler.compileToDestination(null, folder.toFile());
            try (Stream<Path> written = Files.walk(folder)) {
                for (Path file : written.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Of each file below the source folder, its text. */
    public SortedMap<String, String> files() {
        return java.util.Collections.unmodifiableSortedMap(files);
    }

    /** The types whose classes are in no package, where no other class can import them. */
    public java.util.List<String> withoutPackage() {
        return types.keySet().stream().filter(name -> !name.contains(".")).toList();
    }
}
