package dev.firn.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.folder.PrettyJson;
import java.util.List;
import java.util.Locale;

/** The same for programs: versioned. */
public final class DoctorJson {

    private static final int VERSION = 1;

    private DoctorJson() {}

    public static String write(List<Answer> answers) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("well", answers.stream().allMatch(Answer::isWell));
        ArrayNode checks = root.putArray("checks");
        answers.forEach(answer -> answer.healths().forEach(health -> {
            ObjectNode check = checks.addObject();
            check.put("about", answer.about());
            check.put("what", health.what());
            check.put(
                    "verdict", health.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            check.put("seen", health.seen());
            health.mend().ifPresent(mend -> check.put("mend", mend));
        }));
        return PrettyJson.write(root);
    }
}
