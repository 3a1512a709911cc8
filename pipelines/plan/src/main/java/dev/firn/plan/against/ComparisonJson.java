package dev.firn.plan.against;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;

/** A comparison for programs: versioned, the same bytes for the same plans. */
public final class ComparisonJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ComparisonJson() {}

    public static String write(Comparison comparison) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("pipeline", comparison.now().pipeline());
        root.put("fits", comparison.fits());
        ArrayNode differences = root.putArray("differences");
        comparison.differences().forEach(found -> difference(found, differences.addObject()));
        return IndentedJson.text(root);
    }

    private static void difference(Difference found, ObjectNode into) {
        into.put("code", found.code().code())
                .put("severity", found.code().severity().word())
                .put("place", found.place())
                .put("setting", found.setting());
        found.was().ifPresent(was -> into.put("was", was));
        found.is().ifPresent(is -> into.put("is", is));
        into.put("means", found.means());
        found.mend().ifPresent(mend -> into.put("mend", mend));
    }
}
