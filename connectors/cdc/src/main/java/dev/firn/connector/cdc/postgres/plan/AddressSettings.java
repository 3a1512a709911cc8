package dev.firn.connector.cdc.postgres.plan;

import dev.firn.connector.cdc.PostgresOptions;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a database is and who asks, as it travels in a job: references, never what they stand for. */
public record AddressSettings(
        Text hostname, int port, Text database, Text username, Text password, SortedMap<String, Text> properties)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public AddressSettings {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    public static AddressSettings of(PostgresOptions options) {
        return new AddressSettings(
                options.hostname(),
                options.port(),
                options.database(),
                options.username(),
                options.password(),
                new TreeMap<>(options.properties()));
    }

    /** @throws dev.firn.definition.reference.UnresolvedReference if one leads nowhere */
    public PostgresAddress resolve(ReferenceResolver references) {
        SortedMap<String, String> resolved = new TreeMap<>();
        properties.forEach((name, value) -> resolved.put(name, value.resolve(references)));
        return new PostgresAddress(
                hostname.resolve(references),
                port,
                database.resolve(references),
                username.resolve(references),
                password.resolve(references),
                resolved);
    }
}
