package dev.firn.schema.registry;

import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import dev.firn.spi.source.OutsideException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A registry's address, resolved.
 *
 * @param base scheme, host, port and path, without a slash at the end
 * @param authorization the header that the address asks for with {@code user:password@}
 * @param shown the address as it may be printed: no user, no password, and only the reference where it is a secret
 */
public record RegistryUrl(String base, Optional<String> authorization, String shown) {

    /** Resolves a url; throws {@link OutsideException} if it is none that can be asked. */
    public static RegistryUrl of(Text text, ReferenceResolver references) {
        URI uri;
        try {
            uri = new URI(text.resolve(references).strip());
        } catch (URISyntaxException e) {
            throw notHttp(text);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw notHttp(text);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String base = uri.getScheme() + "://" + uri.getHost() + port + path;
        boolean secret = References.in(text.raw()).stream().anyMatch(found -> found.kind() == Reference.Kind.SECRET);
        return new RegistryUrl(
                base, Optional.ofNullable(uri.getUserInfo()).map(RegistryUrl::basic), secret ? text.raw() : base);
    }

    /** The address of something in the registry; each segment is encoded. */
    URI at(String... segments) {
        StringBuilder address = new StringBuilder(base);
        for (String segment : segments) {
            address.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(address.toString());
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows the text of the file only: what does not parse may hold a password anywhere. */
    private static OutsideException notHttp(Text text) {
        String shown = text.raw().contains("@") ? "" : " `" + text.raw() + "`";
        return new OutsideException("the registry's url" + shown + " is not an http or https url");
    }

    /** Without the header, which is a secret. */
    @Override
    public String toString() {
        return shown;
    }
}
