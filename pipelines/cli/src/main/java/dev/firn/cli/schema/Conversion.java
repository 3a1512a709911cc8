package dev.firn.cli.schema;

import dev.firn.schema.notation.Notations;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A schema in another notation.
 *
 * @param losses of reading, then of writing
 */
public record Conversion(String name, String from, String to, String text, List<Loss> losses) {

    public Conversion {
        losses = List.copyOf(losses);
    }

    /**
     * Reads a document and writes what is in it.
     *
     * @param from the notations to read with
     * @param said the notation that it is in, if the user says it
     * @param name of the record, if the user says it; else its own, or that of the document
     */
    public static Conversion of(
            NamedDocument named, Notations from, Optional<String> said, Notation to, Optional<String> name)
            throws NoSchema, NotExpressible {
        SchemaDocument document = named.document();
        Notation notation = said.or(named::notation)
                .flatMap(from::named)
                .or(() -> from.of(document))
                .orElseThrow(() -> new NoSchema("what notation `" + document.name()
                        + "` is in can't be told by its name or its content; add `--from "
                        + String.join("|", from.words()) + "`"));
        ReadSchema read;
        try {
            read = notation.read(document);
        } catch (NotReadable e) {
            throw new NoSchema("`" + document.name() + "`, read as " + notation.word() + ": " + e.getMessage());
        }
        PortableSchema own =
                read.schema().name().isThere() ? read.schema() : read.schema().named(document.stem());
        WrittenSchema written = to.write(name.map(own::named).orElse(own));
        return new Conversion(
                document.name(),
                notation.word(),
                to.word(),
                written.text(),
                Stream.concat(read.losses().stream(), written.losses().stream()).toList());
    }

    /** How much is not there any more. */
    public long lost() {
        return losses.stream().filter(loss -> loss.kind() == Loss.Kind.LOST).count();
    }
}
