package dev.firn.devstack.orders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.Schema;

/** The writer schemas of the two topics. */
final class ShopSchemas {

    static final Schema ORDERS = read("orders-v1.avsc");
    static final Schema NEWER_ORDERS = read("orders-v2.avsc");
    static final Schema REFUNDS = read("refunds-v1.avsc");

    private ShopSchemas() {}

    private static Schema read(String resource) {
        try (InputStream stream = Objects.requireNonNull(ShopSchemas.class.getResourceAsStream(resource))) {
            return new Schema.Parser().parse(stream);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
