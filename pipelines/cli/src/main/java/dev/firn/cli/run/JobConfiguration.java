package dev.firn.cli.run;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** The settings of Flink's that a job takes along to a cluster, with their values, where everybody may see them. */
final class JobConfiguration {

    private JobConfiguration() {}

    /**
     * What the file says, and where checkpoints go.
     *
     * @throws UsageRefused if one is a secret
     */
    static Configuration of(Map<String, Text> flink, ReferenceResolver references, String checkpoints)
            throws UsageRefused {
        Configuration configuration = new Configuration();
        for (Map.Entry<String, Text> setting : flink.entrySet()) {
            refuseSecret(setting.getKey(), setting.getValue());
            configuration.setString(setting.getKey(), setting.getValue().resolve(references));
        }
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        return configuration;
    }

    private static void refuseSecret(String key, Text value) throws UsageRefused {
        boolean isSecret = Masking.looksSecret(key)
                || GlobalConfiguration.isSensitive(key)
                || References.in(value.raw()).stream().anyMatch(reference -> reference.kind() == Reference.Kind.SECRET);
        if (isSecret) {
            throw new UsageRefused(
                    "`pipeline.flink` has `" + key + "`, which looks like a secret: a job takes its Flink"
                            + " settings along, where the cluster shows them to everybody. Write it into the cluster's own"
                            + " configuration instead");
        }
    }
}
