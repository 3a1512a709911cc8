package dev.firn.plan.against;

import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.testing.Plans;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two files that the help page of a code shows. */
record Example(String before, String now) {

    static Example of(AgainstCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        if (code == AgainstCode.ENVIRONMENT_CHANGED) {
            // It is no word of the file.
            return new Example("pipeline: {name: shop}", "pipeline: {name: shop}");
        }
        return new Example(section(page, "Before"), section(page, "Now"));
    }

    private static String section(String page, String heading) {
        Matcher matcher = Pattern.compile("## " + heading + "\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no " + heading + " in: " + page);
        }
        return matcher.group(1);
    }

    Comparison comparison(AgainstCode code) {
        return Comparison.of(stored(json(before), code), StoredPlan.of(plan(now)));
    }

    private static StoredPlan stored(String json, AgainstCode code) {
        return read(
                code == AgainstCode.ENVIRONMENT_CHANGED
                        ? json.replace("\"version\" : 1,", "\"version\" : 1, \"environment\" : \"dev\",")
                        : json);
    }

    static StoredPlan read(String json) {
        try {
            return StoredPlan.read(json);
        } catch (NotAPlan wrong) {
            throw new AssertionError(wrong);
        }
    }

    static String json(String yaml) {
        return PlanJson.write(plan(yaml));
    }

    private static PipelinePlan plan(String yaml) {
        return Plans.checked(yaml).value().orElseThrow();
    }
}
