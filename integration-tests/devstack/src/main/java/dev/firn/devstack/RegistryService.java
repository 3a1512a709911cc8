package dev.firn.devstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** Apicurio, which answers Confluent's REST API under {@code /apis/ccompat/v7}; in memory. */
record RegistryService(Home home) implements Service {

    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    /** Where Apicurio's own API is, which its serializer needs. */
    static String apicurioUrl(String address) {
        return address.replace(CONFLUENT_API, "/apis/registry/v2");
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public String description() {
        return "Confluent API (Apicurio)";
    }

    @Override
    public String address(int port) {
        return "http://127.0.0.1:" + port + CONFLUENT_API;
    }

    @Override
    public List<String> command(int port) {
        return home.registryCommand(
                Registry.class.getName(),
                List.of("-Xmx256m", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
    }

    @Override
    public boolean answers(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(address(port) + "/subjects").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
