package dev.firn.spi.source;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a source is that no file names yet.
 *
 * @param registry who knows the schemas of its records, if anybody does
 * @param properties the source's own settings, some of which may be secrets: never printed
 */
public record SourceAddress(String servers, Optional<String> registry, SortedMap<String, String> properties) {

    public SourceAddress(String servers, Optional<String> registry, Map<String, String> properties) {
        this(servers, registry, new TreeMap<>(properties));
    }

    public SourceAddress {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    @Override
    public String toString() {
        return servers;
    }
}
