package dev.firn.schema.registry;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;

/** The schema that a record names, or why it can't be read. */
public final class WriterSchemas {

    private WriterSchemas() {}

    /** @param type that the format of the records is about */
    public static String definition(SchemaShelf.Lease shelf, int id, SchemaType type) throws Rejected {
        RegistryAnswer answer = shelf.schema(id);
        if (answer instanceof RegistryAnswer.Unsupported unsupported) {
            throw new Rejected(RejectCode.UNMAPPABLE_SCHEMA, unsupported.why());
        }
        if (answer instanceof RegistryAnswer.Unavailable unavailable) {
            throw new Rejected(RejectCode.SCHEMA_UNAVAILABLE, unavailable.why());
        }
        if (!(answer instanceof RegistryAnswer.Found found)) {
            throw new Rejected(RejectCode.UNKNOWN_SCHEMA_ID, "the registry does not know schema id `" + id + "`");
        }
        if (found.type() != type) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA,
                    "schema id `" + id + "` is of type `" + found.type() + "`, and the format reads `" + type + "`");
        }
        return found.schema();
    }
}
