package dev.firn.schema.registry;

import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.List;

/**
 * Where a registry is and how it is asked, as it travels in a job: references, never what they stand for.
 *
 * @param urls of its servers; each may hold several with commas in between. None where {@link #NOBODY} is asked
 */
public record RegistryAccess(List<Text> urls, RegistryLogin login, TlsFiles tls) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Whoever writes the records says their schemas, to {@link SchemaShelf.Lease#learn}, before a record leaves its source. */
    public static final RegistryAccess NOBODY =
            new RegistryAccess(List.of(), new RegistryLogin.OfTheUrl(), TlsFiles.none());

    public RegistryAccess {
        urls = List.copyOf(urls);
    }

    /** Whether there is a registry at all. */
    boolean isNobody() {
        return urls.isEmpty();
    }
}
