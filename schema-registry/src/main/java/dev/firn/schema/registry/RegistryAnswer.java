package dev.firn.schema.registry;

/** What the registry says about a schema, once it says something. */
public sealed interface RegistryAnswer {

    /** A schema in one piece: a JSON text, or for Protobuf a {@link ProtobufText}. */
    record Found(String schema, SchemaType type) implements RegistryAnswer {

        private static final String MARK = "\n";

        /** An Avro schema. */
        public Found(String schema) {
            this(schema, SchemaType.AVRO);
        }

        /** What a state or a ledger keeps of it: the text, and in front of all but Avro's the type on a line of its own. */
        public String definition() {
            return type == SchemaType.AVRO ? schema : type.name() + MARK + schema;
        }

        /** From what was kept; no schema of Avro begins with a type's name. */
        public static Found kept(String definition) {
            for (SchemaType type : SchemaType.values()) {
                String mark = type.name() + MARK;
                if (definition.startsWith(mark)) {
                    return new Found(definition.substring(mark.length()), type);
                }
            }
            return new Found(definition);
        }
    }

    /** The registry has no such id, subject or version. */
    record Unknown() implements RegistryAnswer {}

    /** The registry has one, and Firn does not read its kind; {@code why} is a sentence for the user. */
    record Unsupported(String why) implements RegistryAnswer {}

    /** The registry has said nothing for so long that records go on without; {@code why} is a sentence for the user. */
    record Unavailable(String why) implements RegistryAnswer {}
}
