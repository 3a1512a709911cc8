package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.source.OutsideException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A registry, resolved: its servers in the order in which they are asked.
 *
 * @param urls at least one
 * @param tls what connections over https are made with, where the file says it
 */
public record RegistryServers(List<RegistryUrl> urls, Optional<SSLContext> tls) {

    /** Not every comma: a password in a url may have one. */
    private static final Pattern BETWEEN_URLS = Pattern.compile("\\s*,\\s*(?=https?://)", Pattern.CASE_INSENSITIVE);

    public RegistryServers {
        urls = List.copyOf(urls);
    }

    /** Throws {@link OutsideException} if something is not there to ask with: a url, a file, a key. */
    public static RegistryServers of(RegistryAccess access, ReferenceResolver references) {
        Optional<String> authorization = access.login().header(references);
        List<RegistryUrl> urls = access.urls().stream()
                .flatMap(text ->
                        BETWEEN_URLS.splitAsStream(text.resolve(references)).map(one -> RegistryUrl.of(text, one)))
                .map(url -> url.with(authorization))
                .toList();
        Optional<SSLContext> tls = TlsContext.of(access.tls(), references);
        if (tls.isPresent() && urls.stream().noneMatch(RegistryUrl::isEncrypted)) {
            throw new OutsideException(
                    "`tls` is given, and no url of the registry begins with `https://`: " + named(urls));
        }
        return new RegistryServers(urls, tls);
    }

    /** One server, with what the Java runtime trusts. */
    public static RegistryServers of(RegistryUrl url) {
        return new RegistryServers(List.of(url), Optional.empty());
    }

    /** Which registry this is, as far as addresses say it: the same for its servers in any order and whoever asks. */
    public String origin() {
        String bases = urls.stream().map(RegistryUrl::base).distinct().sorted().collect(Collectors.joining(" "));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bases.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** For the start of a sentence: {@code the registry at `http://sr:8081`}. */
    public String named() {
        return "the registry at " + named(urls);
    }

    private static String named(List<RegistryUrl> urls) {
        return urls.stream().map(url -> "`" + url.shown() + "`").collect(Collectors.joining(" and "));
    }
}
