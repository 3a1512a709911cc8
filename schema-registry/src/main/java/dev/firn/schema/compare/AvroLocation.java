package dev.firn.schema.compare;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/** Avro's own pointer into a reader's schema, {@code /fields/0/type/items}, as the path that complaints use. */
final class AvroLocation {

    private AvroLocation() {}

    /**
     * Empty where Avro does not say it: behind a union of the writer its pointers begin anew, so each is held against what it must
     * point at.
     */
    static Optional<String> path(Schema reader, SchemaCompatibility.Incompatibility found) {
        boolean ofAField = found.getType() == SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE;
        String location = ofAField ? found.getLocation().replaceFirst("/fields/\\d+$", "") : found.getLocation();
        return path(reader, location, found.getReaderFragment())
                .map(path -> ofAField ? SchemaChanges.child(path, found.getMessage()) : path);
    }

    private static Optional<String> path(Schema schema, String location, Schema expected) {
        StringBuilder path = new StringBuilder();
        Schema here = schema;
        Iterator<String> steps = List.of(location.split("/")).iterator();
        while (steps.hasNext()) {
            String step = steps.next();
            if (step.equals("fields") && here.getType() == Schema.Type.RECORD && steps.hasNext()) {
                int index = Integer.parseInt(steps.next());
                if (index >= here.getFields().size()) {
                    return Optional.empty();
                }
                Schema.Field field = here.getFields().get(index);
                path.append(path.isEmpty() ? "" : ".").append(field.name());
                here = field.schema();
            } else if (step.equals("items") && here.getType() == Schema.Type.ARRAY) {
                path.append("[]");
                here = here.getElementType();
            } else if (step.equals("values") && here.getType() == Schema.Type.MAP) {
                path.append("{}");
                here = here.getValueType();
            }
            // A number alone is a branch of the writer's union, which is no step in the reader's schema.
        }
        return here.equals(expected) ? Optional.of(path.toString()) : Optional.empty();
    }
}
