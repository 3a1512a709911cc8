package dev.firn.connector.kafka.proposal;

import dev.firn.definition.reference.References;
import dev.firn.definition.yaml.YamlText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code registry:} of a file, between its braces.
 *
 * @param options as YAML
 * @param secrets by reference
 */
record ProposedRegistry(String options, Map<String, String> secrets) {

    private static final String PASSWORD = "${secret:registry-password}";

    /** A user and a password in the url leave it, for a url is printed. */
    static ProposedRegistry of(String url) {
        String user = References.standIn(url) ? null : user(url);
        if (user == null) {
            return new ProposedRegistry("url: " + YamlText.of(url), Map.of());
        }
        String name = user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
        String password = user.contains(":") ? user.substring(user.indexOf(':') + 1) : "";
        Map<String, String> secrets = new TreeMap<>();
        secrets.put(PASSWORD, password);
        String options = "url: " + YamlText.of(url.replaceFirst("//[^/@]*@", "//")) + ", username: " + YamlText.of(name)
                + ", password: " + YamlText.of(PASSWORD);
        return new ProposedRegistry(options, secrets);
    }

    private static @Nullable String user(String url) {
        try {
            return new URI(url.strip()).getUserInfo();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Not the secrets. */
    @Override
    public String toString() {
        return options;
    }
}
