package dev.firn.benchmarks.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.avro.Schema;

/** A schema registry with Confluent's REST API; asked each time. */
record Registry(String url) implements WriterSchemas {

    @Override
    public Schema fetch(int id) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + id)).build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the registry has no schema " + id + ": " + response.body());
            }
            return new Schema.Parser()
                    .parse(new ObjectMapper()
                            .readTree(response.body())
                            .required("schema")
                            .asText());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
