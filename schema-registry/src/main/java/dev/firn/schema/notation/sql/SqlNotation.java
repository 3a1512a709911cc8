package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;

/** A {@code CREATE TABLE} statement of one dialect. */
public final class SqlNotation implements Notation {

    private final Dialect dialect;

    public SqlNotation(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String word() {
        return "sql";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        return document.endsWith(".sql") || document.endsWith(".ddl") ? Claim.NAME : Claim.NONE;
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        return SqlStatement.read(document.text(), dialect);
    }

    @Override
    public WrittenSchema write(PortableSchema schema) throws NotExpressible {
        Losses losses = new Losses(dialect.engine());
        PortableSchema fitted = new SqlFitting(dialect, losses).fit(schema);
        losses.requireNoMisfits();
        String text = new SqlText(dialect, new SqlNames(dialect, losses)).write(fitted);
        return new WrittenSchema(text, losses.all());
    }
}
