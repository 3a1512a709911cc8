package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;

/** Iceberg's JSON: of a schema, or of a table's metadata. */
public final class IcebergNotation implements Notation {

    private static final Pattern METADATA = Pattern.compile("\"(current-schema-id|last-column-id)\"\\s*:");
    private static final Pattern STRUCT = Pattern.compile("\"type\"\\s*:\\s*\"struct\"");

    @Override
    public String word() {
        return "iceberg";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        if (document.endsWith(".metadata.json")) {
            return Claim.NAME;
        }
        try {
            String text = document.head().startsWith("{") || document.endsWith(".json") ? document.text() : "";
            return METADATA.matcher(text).find() || STRUCT.matcher(text).find() ? Claim.CONTENT : Claim.NONE;
        } catch (NotReadable e) {
            return Claim.NONE;
        }
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        return IcebergDocument.read(document.text());
    }

    @Override
    public WrittenSchema write(PortableSchema schema) throws NotExpressible {
        Losses losses = new Losses("Iceberg");
        PortableSchema fitted = new IcebergFitting(losses).fit(schema);
        losses.requireNoMisfits();
        Schema written = IcebergSchemas.of(fitted);
        return new WrittenSchema(SchemaParser.toJson(written, true).replace("\r\n", "\n") + "\n", losses.all());
    }
}
