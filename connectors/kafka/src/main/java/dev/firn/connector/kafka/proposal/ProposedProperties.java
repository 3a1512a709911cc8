package dev.firn.connector.kafka.proposal;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.References;
import dev.firn.spi.source.SourceAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The clients' settings as a file may have them.
 *
 * @param shown by name, with a reference where the value is a secret
 * @param secrets by reference
 */
record ProposedProperties(SortedMap<String, String> shown, SortedMap<String, String> secrets) {

    private static final String SERVERS = "bootstrap.servers";

    /** Private keys whose names don't say so. */
    private static final Set<String> KEYS = Set.of("ssl.keystore.key");

    static ProposedProperties of(SourceAddress at) {
        SortedMap<String, String> shown = new TreeMap<>();
        SortedMap<String, String> secrets = new TreeMap<>();
        for (Map.Entry<String, String> property : at.properties().entrySet()) {
            String name = property.getKey();
            String value = property.getValue();
            boolean secret = Masking.looksSecret(name) || KEYS.contains(name);
            if (secret && !References.standIn(value)) {
                String reference = reference(name);
                secrets.put(reference, value);
                shown.put(name, reference);
            } else {
                shown.put(name, value);
            }
        }
        shown.put(SERVERS, at.servers());
        return new ProposedProperties(shown, secrets);
    }

    /** {@code ${secret:kafka-sasl-jaas-config}} for {@code sasl.jaas.config}. */
    private static String reference(String property) {
        return "${secret:kafka-" + property.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "}";
    }
}
