package dev.firn.schema.registry;

import dev.firn.schema.registry.StoredSchema.SchemaReference;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the files that a {@code .proto} file imports beside it. A reference's name is the path that it is imported under. */
final class ImportedFiles {

    private final References references;
    private final SortedMap<String, String> files = new TreeMap<>();

    private ImportedFiles(References references) {
        this.references = references;
    }

    /** @param what as a sentence names the schema that is asked for */
    static RegistryAnswer beside(RegistryConnection connection, String what, StoredSchema schema)
            throws RegistryConnection.Outage {
        ImportedFiles imported = new ImportedFiles(new References(connection, what, SchemaType.PROTOBUF));
        try {
            imported.fetch(schema);
        } catch (NotOnePiece e) {
            return new RegistryAnswer.Unsupported(String.valueOf(e.getMessage()));
        }
        return new RegistryAnswer.Found(new ProtobufText(schema.text(), imported.files).text(), SchemaType.PROTOBUF);
    }

    /** What imports itself is fetched once, and refused by whoever reads it. */
    private void fetch(StoredSchema schema) throws RegistryConnection.Outage, NotOnePiece {
        for (SchemaReference reference : schema.references()) {
            if (!files.containsKey(reference.name())) {
                StoredSchema found = references.fetched(reference);
                files.put(reference.name(), found.text());
                fetch(found);
            }
        }
    }
}
