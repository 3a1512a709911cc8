package dev.firn.schema.registry;

import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.List;

/**
 * Where a registry is and how it is asked, as it travels in a job: references, never what they stand for.
 *
 * @param urls of its servers, at least one; each may hold several with commas in between
 */
public record RegistryAccess(List<Text> urls, RegistryLogin login, TlsFiles tls) implements Serializable {

    private static final long serialVersionUID = 1L;

    public RegistryAccess {
        urls = List.copyOf(urls);
    }
}
