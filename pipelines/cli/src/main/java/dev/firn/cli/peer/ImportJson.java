package dev.firn.cli.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.folder.PrettyJson;

/** The same for programs: versioned. */
public final class ImportJson {

    private static final int VERSION = 1;

    private ImportJson() {}

    public static String write(ImportAnswer answer) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("file", answer.file());
        root.put("tool", answer.imported().tool());
        root.put("runs", answer.runs());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : answer.imported().findings()) {
            ObjectNode one = findings.addObject();
            one.put("weight", finding.weight().word().replace(' ', '-'));
            finding.keys().forEach(one.putArray("keys")::add);
            one.put("line", finding.line());
            one.put("there", finding.there());
            one.put("here", finding.here());
        }
        ArrayNode diagnostics = root.putArray("diagnostics");
        answer.diagnostics().forEach(found -> diagnostics
                .addObject()
                .put("code", found.code().code())
                .put("line", found.span().line())
                .put("message", found.message()));
        root.put("pipeline", answer.imported().text());
        return PrettyJson.write(root);
    }
}
