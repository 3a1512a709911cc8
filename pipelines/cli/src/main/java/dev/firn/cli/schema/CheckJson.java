package dev.firn.cli.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.folder.PrettyJson;
import java.util.Locale;

/** The answer of a check for programs: versioned. */
public final class CheckJson {

    private static final int VERSION = 1;

    private CheckJson() {}

    public static String write(CheckAnswer answer) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("level", answer.level().word());
        root.put("newer", answer.newer().name());
        root.put("compatible", answer.isCompatible());
        ArrayNode against = root.putArray("against");
        for (CheckAnswer.Held held : answer.held()) {
            ArrayNode reasons = against.addObject()
                    .put("older", held.older().name())
                    .put("compatible", held.why().isEmpty())
                    .putArray("reasons");
            held.why().forEach(why -> reasons.addObject()
                    .put("reader", why.reader().name().toLowerCase(Locale.ROOT))
                    .put("path", why.path())
                    .put("why", why.why()));
        }
        PullJson.changes(answer.changes(), root.putArray("changes"));
        return PrettyJson.write(root);
    }
}
