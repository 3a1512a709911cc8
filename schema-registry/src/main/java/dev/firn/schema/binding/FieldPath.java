package dev.firn.schema.binding;

/** Places in a schema as messages name them: {@code lines[].price}; {@code []} is an array's item, {@code {}} a map's value. */
public final class FieldPath {

    private FieldPath() {}

    public static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
