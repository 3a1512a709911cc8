package dev.firn.schema.notation;

import dev.firn.schema.notation.avro.AvroNotation;
import dev.firn.schema.notation.json.JsonSchemaNotation;
import dev.firn.schema.notation.protobuf.ProtobufNotation;
import dev.firn.schema.notation.sql.Dialect;
import dev.firn.schema.notation.sql.SqlNotation;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.Notation.Claim;
import dev.firn.spi.notation.SchemaDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The notations that there are, by their words: those of this module, and those of connectors on the class path. */
public final class Notations {

    private final Map<String, Notation> all = new TreeMap<>();

    private Notations() {}

    /**
     * Finds notations with a loader given by name.
     *
     * @param dialect of SQL
     */
    public static Notations load(ClassLoader loader, Dialect dialect) {
        Notations notations = new Notations();
        List.<Notation>of(
                        new AvroNotation(), new JsonSchemaNotation(), new ProtobufNotation(), new SqlNotation(dialect))
                .forEach(notations::add);
        ServiceLoader.load(Notation.class, loader).forEach(notations::add);
        return notations;
    }

    private void add(Notation notation) {
        all.put(notation.word(), notation);
    }

    public Optional<Notation> named(String word) {
        return Optional.ofNullable(all.get(word));
    }

    public List<String> words() {
        return List.copyOf(all.keySet());
    }

    /** Those that can be written. */
    public List<String> written() {
        return all.values().stream()
                .filter(Notation::isWritten)
                .map(Notation::word)
                .toList();
    }

    /** The notation that a document is in: by its content, or else by its name; empty if none is sure. */
    public Optional<Notation> of(SchemaDocument document) {
        return claiming(document, Claim.CONTENT).or(() -> claiming(document, Claim.NAME));
    }

    private Optional<Notation> claiming(SchemaDocument document, Claim claim) {
        List<Notation> claiming = all.values().stream()
                .filter(notation -> notation.claim(document) == claim)
                .toList();
        return claiming.size() == 1 ? Optional.of(claiming.get(0)) : Optional.empty();
    }
}
