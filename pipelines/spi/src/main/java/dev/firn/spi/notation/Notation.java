package dev.firn.spi.notation;

/** A way to write schemas down; found by {@link java.util.ServiceLoader} where its module is on the class path. */
public interface Notation {

    /** How sure a notation is that a document is its own. */
    enum Claim {
        NONE,
        /** By how the document is called. */
        NAME,
        /** By what is in it. */
        CONTENT
    }

    /** Its name on the command line. */
    String word();

    /** Looks at the name and the first bytes; a document that turns out to be none of its own is no error here. */
    Claim claim(SchemaDocument document);

    ReadSchema read(SchemaDocument document) throws NotReadable;

    /** Deterministic. Whatever the notation can't keep is among the losses. */
    WrittenSchema write(PortableSchema schema) throws NotExpressible;

    /** Whether it can be written at all. */
    default boolean isWritten() {
        return true;
    }
}
