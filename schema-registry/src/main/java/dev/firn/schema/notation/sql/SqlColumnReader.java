package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One column: its name, its type and what is said of it. */
final class SqlColumnReader {

    private final SqlTokens tokens;
    private final Losses losses;
    private final SqlTypeReader types;

    SqlColumnReader(SqlTokens tokens, Dialect dialect, Losses losses) {
        this.tokens = tokens;
        this.losses = losses;
        this.types = new SqlTypeReader(tokens, dialect, losses);
    }

    /** @param isKey whether rows are known by it alone, so that it is never null */
    record Column(Field field, boolean isKey) {}

    /** What is gathered behind the type. */
    private static final class Said {
        private Nullability nullability = Nullability.OPTIONAL;
        private Optional<String> doc = Optional.empty();
        private Optional<String> defaultValue = Optional.empty();
        private boolean isKey;
        private Shape shape;

        Said(Shape shape) {
            this.shape = shape;
        }
    }

    Column column() throws NotReadable {
        SqlToken first = tokens.peek();
        String name = tokens.name();
        if (tokens.peek().is("AS")) {
            throw new NotReadable(
                    first.place() + ": column `" + name + "` is computed and says no type; remove it, or give it one");
        }
        Said said = new Said(types.type(name));
        while (!tokens.peek().is(",") && !tokens.peek().is(")") && tokens.peek().kind() != SqlToken.Kind.END) {
            constraint(name, said);
        }
        boolean optional = said.nullability == Nullability.OPTIONAL && !said.isKey;
        Optional<String> defaultValue = said.defaultValue.isPresent() || !optional
                ? said.defaultValue
                : Remarks.NULL_UNLESS_SAID.defaultValue();
        Value value = Value.of(said.shape, optional ? Nullability.OPTIONAL : Nullability.REQUIRED);
        return new Column(new Field(name, value, new Remarks(said.doc, defaultValue, List.of())), said.isKey);
    }

    private void constraint(String path, Said said) throws NotReadable {
        if (tokens.takes("CONSTRAINT")) {
            tokens.name();
        } else if (tokens.takes("NOT", "NULL")) {
            said.nullability = Nullability.REQUIRED;
        } else if (tokens.takes("NULL")) {
            said.nullability = Nullability.OPTIONAL;
        } else if (tokens.takes("COMMENT")) {
            said.doc = Optional.of(tokens.string());
        } else if (tokens.takes("DEFAULT")) {
            said.defaultValue = defaultValue(path, said.shape);
        } else if (tokens.takes("PRIMARY", "KEY")) {
            said.isKey = true;
            tokens.takes("NOT", "ENFORCED");
            losses.lose(path, "that it is the primary key");
        } else if (tokens.peek().is("CHECK")) {
            check(path, said);
        } else if (tokens.peek().isName()) {
            losses.lose(path, "`" + tokens.take().text().toUpperCase(Locale.ROOT) + "`");
            skipConstraint();
        } else {
            throw tokens.unexpected("`,` or `)`");
        }
    }

    private Optional<String> defaultValue(String path, Shape shape) {
        SqlToken token = tokens.peek();
        boolean signed = token.is("-") || token.is("+");
        SqlToken literal = tokens.peek(signed ? 1 : 0);
        boolean ends = isEnd(tokens.peek(signed ? 2 : 1));
        Optional<String> json = ends && (!signed || literal.kind() == SqlToken.Kind.NUMBER)
                ? SqlDefaults.json(literal, token.is("-") ? "-" : "", shape)
                : Optional.empty();
        if (json.isEmpty()) {
            losses.lose(path, "the default, which is no plain value of its type,");
            skipConstraint();
            return Optional.empty();
        }
        tokens.take();
        if (signed) {
            tokens.take();
        }
        return json;
    }

    /** {@code CHECK (column IN ('A', 'B'))} makes an enum of a text. */
    private void check(String path, Said said) throws NotReadable {
        tokens.take();
        Optional<List<String>> words = words(path, said);
        if (words.isPresent()) {
            said.shape = new Shape.Symbols(TypeName.NONE, words.get(), Optional.empty());
            return;
        }
        tokens.require("(");
        tokens.skip();
        tokens.require(")");
        losses.lose(path, "`CHECK`");
    }

    private Optional<List<String>> words(String path, Said said) throws NotReadable {
        boolean starts = said.shape == Plain.STRING
                && tokens.peek().is("(")
                && tokens.peek(1).isName()
                && tokens.peek(1).text().equals(path)
                && tokens.peek(2).is("IN")
                && tokens.peek(3).is("(");
        List<String> words = new ArrayList<>();
        int at = 4;
        while (starts && tokens.peek(at).kind() == SqlToken.Kind.TEXT) {
            words.add(tokens.peek(at).text());
            at += tokens.peek(at + 1).is(",") ? 2 : 1;
        }
        if (words.isEmpty() || !tokens.peek(at).is(")") || !tokens.peek(at + 1).is(")")) {
            return Optional.empty();
        }
        for (int i = 0; i < at + 2; i++) {
            tokens.take();
        }
        return Optional.of(words);
    }

    private void skipConstraint() {
        int depth = 0;
        while (tokens.peek().kind() != SqlToken.Kind.END) {
            SqlToken token = tokens.peek();
            if (depth == 0 && isEnd(token)) {
                return;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            tokens.take();
        }
    }

    private static boolean isEnd(SqlToken token) {
        return token.is(",")
                || token.is(")")
                || token.is("NOT")
                || token.is("COMMENT")
                || token.is("DEFAULT")
                || token.is("PRIMARY")
                || token.is("CHECK")
                || token.is("CONSTRAINT")
                || token.kind() == SqlToken.Kind.END;
    }
}
