package dev.firn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this build is made of. */
public record Versions(String firn, String flink, String iceberg, String kafkaClients) {

    public static Versions load() {
        Properties versions = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("/firn-version.properties")) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(
                versions.getProperty("firn"),
                versions.getProperty("flink"),
                versions.getProperty("iceberg"),
                versions.getProperty("kafka-clients"));
    }
}
