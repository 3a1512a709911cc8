package dev.firn.serializers;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** Asks a registry for one schema with Confluent's client, and prints what it makes of the answer. */
public final class ConfluentClient {

    private ConfluentClient() {}

    /** Takes a url, an id, then {@code name=value} for each setting. */
    public static void main(String[] arguments) throws IOException, RestClientException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        answers.println(of(arguments[0], SerializerProcess.settings(arguments, 2))
                .getSchemaById(Integer.parseInt(arguments[1]))
                .rawSchema());
        answers.flush();
        System.exit(0);
    }

    static CachedSchemaRegistryClient of(String url, Map<String, ?> settings) {
        return new CachedSchemaRegistryClient(List.of(url), 100, List.of(new AvroSchemaProvider()), settings, null);
    }
}
