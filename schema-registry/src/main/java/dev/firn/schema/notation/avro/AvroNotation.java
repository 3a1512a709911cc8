package dev.firn.schema.notation.avro;

import dev.firn.schema.avro.AvroSchemas;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import java.util.regex.Pattern;

/** Avro's JSON. */
public final class AvroNotation implements Notation {

    private static final Pattern RECORD = Pattern.compile("\"type\"\\s*:\\s*\"record\"");

    @Override
    public String word() {
        return "avro";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        if (document.endsWith(".avsc")) {
            return Claim.NAME;
        }
        try {
            return document.endsWith(".json") && RECORD.matcher(document.text()).find() ? Claim.CONTENT : Claim.NONE;
        } catch (NotReadable e) {
            return Claim.NONE;
        }
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        try {
            return AvroShapes.of(AvroSchemas.parse(document.text()));
        } catch (AvroSchemas.NotAvro e) {
            throw new NotReadable("it is not valid Avro: " + e.getMessage());
        }
    }

    @Override
    public WrittenSchema write(PortableSchema schema) throws NotExpressible {
        Losses losses = new Losses("Avro");
        PortableSchema fitted = new AvroFitting(losses).fit(schema);
        losses.requireNoMisfits();
        return new WrittenSchema(AvroText.of(fitted, losses), losses.all());
    }
}
