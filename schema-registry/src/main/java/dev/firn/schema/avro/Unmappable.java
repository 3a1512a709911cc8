package dev.firn.schema.avro;

/**
 * A place in an Avro schema that no column can hold.
 *
 * @param avroPath such as {@code lines[].price}; {@code []} is an array's item, {@code {}} a map's value
 * @param why what stands there and why it does not fit
 * @param wayOut what to do, in the imperative
 */
public record Unmappable(String avroPath, String why, String wayOut) {

    /** Where and why, for a message. */
    public String sentence() {
        return "`" + avroPath + "`: " + why;
    }
}
