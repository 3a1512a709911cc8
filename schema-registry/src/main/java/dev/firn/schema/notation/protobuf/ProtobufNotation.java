package dev.firn.schema.notation.protobuf;

import dev.firn.schema.protobuf.ProtobufShapes;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;

/** A {@code .proto} text, whose first message is read; numbers for fields are for people to give, so none is written. */
public final class ProtobufNotation implements Notation {

    @Override
    public String word() {
        return "protobuf";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        return document.endsWith(".proto") ? Claim.NAME : Claim.NONE;
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        return ProtobufShapes.of(document.text());
    }

    @Override
    public boolean isWritten() {
        return false;
    }

    @Override
    public WrittenSchema write(PortableSchema schema) {
        throw new IllegalStateException("our bug: Protobuf is not written");
    }
}
