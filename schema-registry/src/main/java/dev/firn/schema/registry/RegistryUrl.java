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
        return of(text, text.resolve(references));
    }

    /** @param resolved what the text stands for, or one of several urls in it */
    static RegistryUrl of(Text text, String resolved) {
        URI uri;
        try {
            uri = new URI(resolved.strip());
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
        return new RegistryUrl(
                base, Optional.ofNullable(uri.getUserInfo()).map(RegistryLogin::basic), shown(text, base));
    }

    /** What may be printed of a text that stands for something: the text itself where that is a secret. */
    static String shown(Text text, String resolved) {
        boolean secret = References.in(text.raw()).stream().anyMatch(found -> found.kind() == Reference.Kind.SECRET);
        return secret ? text.raw() : resolved;
    }

    /** This address asked with a header of the file's; who a server is asked as is said in one place. */
    RegistryUrl with(Optional<String> header) {
        if (header.isEmpty()) {
            return this;
        }
        if (authorization.isPresent()) {
            throw new OutsideException("the registry's url `" + shown
                    + "` holds a user, and the file says another one: remove one of the two");
        }
        return new RegistryUrl(base, header, shown);
    }

    boolean isEncrypted() {
        return base.regionMatches(true, 0, "https:", 0, 6);
    }

    /** The address of something in the registry; each segment is encoded. */
    URI at(String... segments) {
        StringBuilder address = new StringBuilder(base);
        for (String segment : segments) {
            address.append('/').append(encoded(segment));
        }
        return URI.create(address.toString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
