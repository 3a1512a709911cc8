package dev.firn.cli.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.folder.PrettyJson;
import dev.firn.spi.notation.Loss;
import java.util.Locale;

/** A conversion for programs: versioned. */
public final class ConversionJson {

    private static final int VERSION = 1;

    private ConversionJson() {}

    public static String write(Conversion conversion) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("schema", conversion.name());
        root.put("from", conversion.from());
        root.put("to", conversion.to());
        root.put("text", conversion.text());
        ArrayNode losses = root.putArray("losses");
        for (Loss loss : conversion.losses()) {
            losses.addObject()
                    .put("kind", loss.kind().name().toLowerCase(Locale.ROOT))
                    .put("path", loss.path())
                    .put("what", loss.sentence());
        }
        return PrettyJson.write(root);
    }
}
