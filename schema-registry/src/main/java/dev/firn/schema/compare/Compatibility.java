package dev.firn.schema.compare;

import dev.firn.schema.compare.Incompatibility.Reader;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/** Whether one schema may follow another, as registries decide it: by Avro's own comparison. */
public final class Compatibility {

    private Compatibility() {}

    /** Empty where it may. */
    public static List<Incompatibility> between(Schema older, Schema newer, CompatibilityLevel level) {
        List<Incompatibility> found = new ArrayList<>();
        if (level.newReadsOld()) {
            found.addAll(reading(Reader.NEW, newer, older));
        }
        if (level.oldReadsNew()) {
            found.addAll(reading(Reader.OLD, older, newer));
        }
        return List.copyOf(found);
    }

    private static List<Incompatibility> reading(Reader which, Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> incompatibility(which, reader, found))
                .distinct()
                .toList();
    }

    private static Incompatibility incompatibility(
            Reader which, Schema reader, SchemaCompatibility.Incompatibility found) {
        boolean ofAField = found.getType() == SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE;
        String inside =
                ofAField ? "in a branch of a union, field `" + found.getMessage() + "`: " : "in a branch of a union: ";
        return AvroLocation.path(reader, found)
                .map(path -> new Incompatibility(which, path, why(found)))
                .orElseGet(() -> new Incompatibility(which, "", inside + why(found)));
    }

    private static String why(SchemaCompatibility.Incompatibility found) {
        Schema reader = found.getReaderFragment();
        Schema writer = found.getWriterFragment();
        return switch (found.getType()) {
            case NAME_MISMATCH -> "the reader calls its " + word(reader) + " `" + reader.getFullName()
                    + "`, and the writer `" + writer.getFullName() + "`";
            case FIXED_SIZE_MISMATCH -> "the reader takes " + reader.getFixedSize() + " bytes, and the writer writes "
                    + writer.getFixedSize();
            case MISSING_ENUM_SYMBOLS -> "the reader has no symbol " + missing(reader, writer)
                    + ", and its enum has no default";
            case READER_FIELD_MISSING_DEFAULT_VALUE -> "the reader has no default for it, and the writer does not"
                    + " write it";
            case TYPE_MISMATCH -> "the reader takes " + TypeWords.of(reader) + ", and the writer writes "
                    + TypeWords.of(writer);
            case MISSING_UNION_BRANCH -> "the reader's union has no branch that reads the writer's "
                    + TypeWords.of(branch(writer, found.getLocation()));
        };
    }

    /** The branch of the writer's union that a pointer ends with. */
    private static Schema branch(Schema writer, String location) {
        String last = location.substring(location.lastIndexOf('/') + 1);
        return writer.isUnion()
                        && last.matches("\\d{1,6}")
                        && Integer.parseInt(last) < writer.getTypes().size()
                ? writer.getTypes().get(Integer.parseInt(last))
                : writer;
    }

    private static String word(Schema schema) {
        return schema.getType().getName();
    }

    private static String missing(Schema reader, Schema writer) {
        List<String> missing = writer.getEnumSymbols().stream()
                .filter(symbol -> !reader.getEnumSymbols().contains(symbol))
                .map(symbol -> "`" + symbol + "`")
                .toList();
        return String.join(", ", missing);
    }
}
