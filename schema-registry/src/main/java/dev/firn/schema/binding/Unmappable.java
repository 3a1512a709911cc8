package dev.firn.schema.binding;

/**
 * A place in a schema that no column can hold.
 *
 * @param path such as {@code lines[].price}; {@code []} is an array's item, {@code {}} a map's value
 * @param why what stands there and why it does not fit
 * @param wayOut what to do, in the imperative
 */
public record Unmappable(String path, String why, String wayOut) {

    /** Where and why, for a message. */
    public String sentence() {
        return "`" + path + "`: " + why;
    }

    /** A way out for the whole field, not for what is in it: the path without the marks of items and values behind it. */
    public static String asJson(String path) {
        return "keep it as a text of JSON with `json-fields: [\"" + path.replaceAll("(\\[]|\\{})+$", "")
                + "\"]` in the `format`";
    }
}
