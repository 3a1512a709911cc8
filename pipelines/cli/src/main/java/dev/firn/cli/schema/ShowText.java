package dev.firn.cli.schema;

import dev.firn.plan.Page;
import dev.firn.schema.compare.SchemaRow;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;

/** The places of a schema as a table. */
public final class ShowText {

    private ShowText() {}

    public static String write(List<SchemaRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("path", "avro", "column", "", "default", "doc"));
        for (SchemaRow row : rows) {
            cells.add(List.of(
                    row.path().isEmpty() ? "." : row.path(),
                    row.avroType(),
                    row.column().orElse("none"),
                    row.nullability() == Nullability.OPTIONAL ? "optional" : "required",
                    row.defaultValue().orElse(""),
                    row.doc().map(ShowText::inALine).orElse("")));
        }
        return String.join("\n", Page.aligned(cells)) + "\n";
    }

    /** Somebody else's text must not rewrite a terminal's line. */
    private static String inALine(String doc) {
        return doc.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
