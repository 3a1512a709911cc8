package dev.firn.connector.cdc.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A schema and the id by which frames name it: the first 31 bits of the SHA-256 of its text, so that all processes find the same, today and
 * after a restart, without anybody who keeps a list.
 *
 * @param definition of Avro, as JSON
 */
public record FramedSchema(String definition, int id) {

    FramedSchema(String definition) {
        this(definition, id(definition));
    }

    private static int id(String definition) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getInt() & Integer.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
