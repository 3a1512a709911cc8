package dev.firn.schema.registry;

/** What the registry says about a schema, once it says something. */
public sealed interface RegistryAnswer {

    /** An Avro schema in one piece, as its JSON text. */
    record Found(String schema) implements RegistryAnswer {}

    /** The registry has no such id, subject or version. */
    record Unknown() implements RegistryAnswer {}

    /** The registry has one, and Firn does not read its kind; {@code why} is a sentence for the user. */
    record Unsupported(String why) implements RegistryAnswer {}

    /** The registry has said nothing for so long that records go on without; {@code why} is a sentence for the user. */
    record Unavailable(String why) implements RegistryAnswer {}
}
