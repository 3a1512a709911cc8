package dev.firn.schema.codegen;

import dev.firn.schema.binding.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** One walk over a schema that finds its named types, and refuses names that would be more in Java than names. */
final class JavaNames {

    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    /** What Avro's compiler writes into a class as it is. */
    private static final List<String> JAVA =
            List.of("java-class", "java-key-class", "java-element-class", "javaAnnotation");

    private final String where;
    private final Map<String, Schema> named = new TreeMap<>();

    JavaNames(String where) {
        this.where = where;
    }

    Map<String, Schema> namedTypes(Schema schema) throws NoClasses {
        walk(schema);
        return named;
    }

    private void walk(Schema schema) throws NoClasses {
        check(schema);
        switch (schema.getType()) {
            case RECORD -> {
                if (define(schema)) {
                    for (Schema.Field field : schema.getFields()) {
                        check(field);
                        walk(field.schema());
                    }
                }
            }
            case ENUM, FIXED -> define(schema);
            case ARRAY -> walk(schema.getElementType());
            case MAP -> walk(schema.getValueType());
            case UNION -> {
                for (Schema branch : schema.getTypes()) {
                    walk(branch);
                }
            }
            case BOOLEAN, BYTES, DOUBLE, FLOAT, INT, LONG, NULL, STRING -> {
                // Without a name.
            }
        }
    }

    /** @return whether it was not met before */
    private boolean define(Schema schema) throws NoClasses {
        String name = schema.getFullName();
        if (!QUALIFIED.matcher(name).matches()) {
            throw new NoClasses("`" + where + "`: `" + Excerpt.of(name) + "` can't be the name of a class");
        }
        return named.putIfAbsent(name, schema) == null;
    }

    private void check(JsonProperties described) throws NoClasses {
        for (String property : JAVA) {
            Object said = described.getObjectProp(property);
            List<?> all = said == null ? List.of() : said instanceof List<?> list ? list : List.of(said);
            for (Object one : all) {
                if (!QUALIFIED.matcher(String.valueOf(one)).matches()) {
                    throw new NoClasses("`" + where + "`: `" + property + "` is `" + Excerpt.of(String.valueOf(one))
                            + "`, which is more than the name of a class");
                }
            }
        }
    }
}
