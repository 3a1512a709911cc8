package dev.firn.schema.notation.json;

import dev.firn.schema.json.JsonShapes;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import java.util.regex.Pattern;

/** JSON Schema, read in any draft and written in that of 2020. */
public final class JsonSchemaNotation implements Notation {

    private static final Pattern DRAFT = Pattern.compile("\"\\$schema\"\\s*:");
    private static final Pattern OBJECT = Pattern.compile("\"properties\"\\s*:\\s*\\{");

    @Override
    public String word() {
        return "json-schema";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        if (document.endsWith(".schema.json")) {
            return Claim.NAME;
        }
        try {
            String text = document.endsWith(".json") ? document.text() : "";
            return DRAFT.matcher(text).find() || OBJECT.matcher(text).find() ? Claim.CONTENT : Claim.NONE;
        } catch (NotReadable e) {
            return Claim.NONE;
        }
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        return JsonShapes.of(document.text());
    }

    @Override
    public WrittenSchema write(PortableSchema schema) throws NotExpressible {
        Losses losses = new Losses("JSON Schema");
        PortableSchema fitted = new JsonSchemaFitting(losses).fit(schema);
        losses.requireNoMisfits();
        return new WrittenSchema(JsonSchemaText.of(fitted), losses.all());
    }
}
