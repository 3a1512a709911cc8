package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.util.List;
import java.util.Locale;

/**
 * Flink shows its configuration on its web page and writes it into its log, but for the values of keys whose names say that
 * they are secrets. A secret under another key would be there for all to read.
 */
public final class FlinkSecrets {

    /** What a key contains whose value Flink hides, as its own {@code GlobalConfiguration} has them. */
    private static final List<String> HIDDEN = List.of(
            "password",
            "secret",
            "fs.azure.account.key",
            "apikey",
            "auth-params",
            "service-key",
            "token",
            "basic-auth",
            "jaas.config");

    private FlinkSecrets() {}

    static void check(PipelineDefinition definition, Diagnostics diagnostics) {
        definition.pipeline().options().flink().forEach((key, value) -> {
            if (isSecret(key, value) && !isHidden(key)) {
                diagnostics
                        .at("pipeline")
                        .report(Diagnostic.error(
                                        PlanCode.SECRET_SHOWN_BY_FLINK,
                                        definition.pipeline().span("flink", key),
                                        "Flink shows the value of `" + key
                                                + "` on its web page and in its log, and this is a" + " secret")
                                .fixedBy(
                                        "give it to Flink in another way, such as an environment variable or a file that its"
                                                + " plugin reads"));
            }
        });
    }

    private static boolean isSecret(String key, Text value) {
        return Masking.looksSecret(key)
                || References.in(value.raw()).stream().anyMatch(reference -> reference.kind() == Reference.Kind.SECRET);
    }

    /** Whether Flink hides the value of a key. */
    public static boolean isHidden(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return HIDDEN.stream().anyMatch(lower::contains);
    }
}
