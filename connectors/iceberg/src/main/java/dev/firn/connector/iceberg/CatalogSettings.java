package dev.firn.connector.iceberg;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalog's properties with their references resolved.
 *
 * @param name the catalog's name, part of the key of every table in a {@code jdbc} catalog
 * @param properties for Iceberg; they hold secrets, so they are never printed
 * @param description the catalog in words that may be printed
 */
record CatalogSettings(String name, Map<String, String> properties, String description) {

    static final String TYPE = "type";
    static final String CATALOG_CLASS = "catalog-impl";
    static final String WAREHOUSE = "warehouse";
    static final String URI = "uri";
    static final String NAME = "catalog-name";

    /** Of a catalog that is in this process alone. */
    static final CatalogSettings NOWHERE = new CatalogSettings("nowhere", Map.of(), "a catalog in memory");

    private static final String DEFAULT_NAME = "firn";
    private static final String CLIENTS = "clients";

    /**
     * As many connections as tables that commit at a time, the same again for those that hang, for the ledger and for looks at tables;
     * Iceberg's default of 2 lets two slow tables stop all.
     */
    private static final String ENOUGH_CLIENTS = Integer.toString(2 * Lake.COMMITS_AT_A_TIME);

    private static final Set<String> POOLED = Set.of("jdbc", "hive");

    /** With one {@code FileIO} for all tables, for as long as the catalog is open. */
    private static final Set<String> ONE_FILE_IO = Set.of("hadoop", "jdbc", "hive");

    CatalogSettings {
        properties = Map.copyOf(properties);
    }

    static CatalogSettings resolve(Map<String, Text> catalog, ReferenceResolver references) {
        Map<String, String> resolved = new TreeMap<>();
        catalog.forEach((key, value) -> resolved.put(key, value.resolve(references)));
        String name = Optional.ofNullable(resolved.remove(NAME)).orElse(DEFAULT_NAME);
        String type = resolved.getOrDefault(TYPE, "");
        String warehouse = resolved.get(WAREHOUSE);
        if (type.equals("hadoop") && warehouse != null) {
            Warehouse.unsafeScheme(warehouse).ifPresent(scheme -> {
                throw new OutsideException(Warehouse.complaint(scheme));
            });
        }
        if (warehouse != null && (type.equals("hadoop") || type.equals("jdbc"))) {
            resolved.put(WAREHOUSE, Warehouse.absolute(warehouse));
        }
        if (POOLED.contains(type)) {
            resolved.putIfAbsent(CLIENTS, ENOUGH_CLIENTS);
        }
        if (type.equals("jdbc")) {
            waitForADatabaseNoLongerThanNeeded(resolved);
        }
        if (type.equals("rest")) {
            // Iceberg's client waits three minutes for a server that is silent; what is late is looked for again
            // anyway.
            resolved.putIfAbsent("rest.client.connection-timeout-ms", "10000");
            resolved.putIfAbsent("rest.client.socket-timeout-ms", "30000");
        }
        return new CatalogSettings(name, resolved, describe(catalog));
    }

    /** Both drivers wait for ever by themselves, and a connection that hangs is one that the other tables lack. */
    private static void waitForADatabaseNoLongerThanNeeded(Map<String, String> resolved) {
        String uri = resolved.getOrDefault(URI, "");
        if (uri.startsWith("jdbc:postgresql:")) {
            resolved.putIfAbsent("jdbc.socketTimeout", "60");
        } else if (uri.startsWith("jdbc:mysql:") || uri.startsWith("jdbc:mariadb:")) {
            resolved.putIfAbsent("jdbc.connectTimeout", "10000");
            resolved.putIfAbsent("jdbc.socketTimeout", "60000");
        }
    }

    boolean isHadoop() {
        return "hadoop".equals(properties.get(TYPE));
    }

    /** Whether a table may have a {@code FileIO} of its own, with credentials for instance. */
    boolean hasFilesByTable() {
        return !ONE_FILE_IO.contains(properties.getOrDefault(TYPE, ""));
    }

    /** A foreign message without what may be a secret in it. */
    String scrub(String message) {
        String scrubbed = message;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            String value = property.getValue();
            if (Masking.looksSecret(property.getKey()) && !value.isBlank()) {
                scrubbed = scrubbed.replace(value, Masking.MASK);
            } else if (property.getKey().equals(URI)) {
                scrubbed = scrubbed.replace(value, withoutCredentials(value));
            }
        }
        return scrubbed;
    }

    private static String describe(Map<String, Text> catalog) {
        String kind = Stream.of(TYPE, CATALOG_CLASS)
                .filter(catalog::containsKey)
                .map(key -> "`" + raw(catalog, key) + "` ")
                .findFirst()
                .orElse("");
        String places = Stream.of(URI, WAREHOUSE)
                .filter(catalog::containsKey)
                .map(key -> key + " `" + withoutCredentials(raw(catalog, key)) + "`")
                .collect(Collectors.joining(", "));
        return "the " + kind + "catalog" + (places.isEmpty() ? "" : " (" + places + ")");
    }

    private static String raw(Map<String, Text> catalog, String key) {
        Text value = catalog.get(key);
        return value == null ? "" : value.raw();
    }

    /** Passwords stand before the host or behind the question mark. */
    static String withoutCredentials(String uri) {
        return uri.replaceFirst("//[^/@]*@", "//").replaceFirst("[?;].*", "");
    }
}
