package dev.firn.schema.notation.sql;

import dev.firn.schema.notation.sql.SqlToken.Kind;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One {@code CREATE TABLE}, and the comments that Postgres has behind it. */
final class SqlStatement {

    private static final Set<String> CONSTRAINTS =
            Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "WATERMARK", "LIKE", "EXCLUDE");

    private final SqlTokens tokens;
    private final Losses losses;
    private final SqlColumnReader columns;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Set<String> key = new HashSet<>();
    private Optional<String> doc = Optional.empty();

    private SqlStatement(SqlTokens tokens, Dialect dialect, Losses losses) {
        this.tokens = tokens;
        this.losses = losses;
        this.columns = new SqlColumnReader(tokens, dialect, losses);
    }

    static ReadSchema read(String text, Dialect dialect) throws NotReadable {
        Losses losses = new Losses("a schema of columns");
        PortableSchema schema = new SqlStatement(SqlTokens.of(text, dialect), dialect, losses).schema();
        return new ReadSchema(schema, losses.all());
    }

    private PortableSchema schema() throws NotReadable {
        while (!tokens.takes("CREATE")) {
            if (tokens.take().kind() == Kind.END) {
                throw new NotReadable("there is no `CREATE TABLE` in it");
            }
        }
        while (!tokens.takes("TABLE")) {
            if (!tokens.peek().isName()) {
                throw tokens.unexpected("`TABLE`");
            }
            tokens.take();
        }
        tokens.takes("IF", "NOT", "EXISTS");
        String name = qualified();
        tokens.require("(");
        do {
            element();
        } while (tokens.takes(","));
        tokens.require(")");
        tail();
        rest(name);
        List<Field> made = new ArrayList<>();
        fields.forEach((column, field) -> made.add(key.contains(column) ? required(field) : field));
        if (made.isEmpty()) {
            throw new NotReadable("table `" + name + "` has no columns");
        }
        return new PortableSchema(new Shape.Struct(new TypeName(name, doc, List.of()), made));
    }

    private String qualified() throws NotReadable {
        StringBuilder name = new StringBuilder(tokens.name());
        while (tokens.takes(".")) {
            name.append('.').append(tokens.name());
        }
        return name.toString();
    }

    private void element() throws NotReadable {
        SqlToken first = tokens.peek();
        boolean constraint = first.kind() == Kind.WORD
                && CONSTRAINTS.contains(first.text().toUpperCase(java.util.Locale.ROOT))
                && !(tokens.peek(1).isName() && isColumn(first));
        if (constraint) {
            constraint();
            return;
        }
        SqlColumnReader.Column column = columns.column();
        if (fields.put(column.field().name(), column.field()) != null) {
            throw new NotReadable(
                    first.place() + ": there are two columns `" + column.field().name() + "`");
        }
        if (column.isKey()) {
            key.add(column.field().name());
        }
    }

    /** A column may be called as a constraint begins, if a type comes behind it. */
    private boolean isColumn(SqlToken first) {
        return !(first.is("CONSTRAINT")
                || first.is("LIKE")
                || tokens.peek(1).is("KEY")
                || tokens.peek(1).is("FOR")
                || tokens.peek(1).is("USING"));
    }

    private void constraint() throws NotReadable {
        if (tokens.takes("CONSTRAINT")) {
            tokens.name();
        }
        SqlToken word = tokens.peek();
        if (tokens.takes("PRIMARY", "KEY")) {
            List<String> names = new ArrayList<>();
            tokens.require("(");
            do {
                names.add(tokens.name());
            } while (tokens.takes(","));
            tokens.require(")");
            key.addAll(names);
            losses.lose("", "that `" + String.join("`, `", names) + "` is the primary key");
        } else {
            losses.lose("", "`" + word.text().toUpperCase(java.util.Locale.ROOT) + "` of the table");
        }
        tokens.skip();
    }

    private static Field required(Field field) {
        return Field.column(
                field.name(), Value.required(field.shape()), field.remarks().doc());
    }

    /** What stands behind the columns; settings are not shown, for they may be secret. */
    private void tail() throws NotReadable {
        while (!tokens.peek().is(";") && tokens.peek().kind() != Kind.END) {
            if (tokens.takes("COMMENT")) {
                tokens.takes("=");
                doc = Optional.of(tokens.string());
            } else {
                losses.lose("", "`" + tokens.take().text().toUpperCase(java.util.Locale.ROOT) + "` of the table");
                skipClause();
            }
        }
    }

    private void skipClause() {
        int depth = 0;
        while (tokens.peek().kind() != Kind.END) {
            SqlToken token = tokens.peek();
            boolean begins = token.is("COMMENT")
                    || token.is("WITH")
                    || token.is("PARTITIONED")
                    || token.is("LOCATION")
                    || token.is("TBLPROPERTIES")
                    || token.is("CLUSTERED")
                    || token.is("OPTIONS")
                    || token.is("USING");
            if (depth == 0 && (token.is(";") || begins)) {
                return;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            tokens.take();
        }
    }

    private void rest(String table) throws NotReadable {
        while (tokens.peek().kind() != Kind.END) {
            SqlToken word = tokens.peek();
            if (tokens.takes(";")) {
                continue;
            }
            if (tokens.takes("COMMENT", "ON", "TABLE")) {
                String of = qualified();
                tokens.require("IS");
                if (of.equals(table)) {
                    doc = Optional.of(tokens.string());
                }
            } else if (tokens.takes("COMMENT", "ON", "COLUMN")) {
                String of = qualified();
                tokens.require("IS");
                commented(word, of.substring(of.lastIndexOf('.') + 1), tokens.string());
            } else if (word.is("CREATE") && tokens.peek(1).is("TABLE")) {
                throw new NotReadable(word.place() + ": there is another table; leave one in the file");
            } else {
                losses.lose("", "the statement `" + word.text().toUpperCase(java.util.Locale.ROOT) + "`");
                while (!tokens.peek().is(";") && tokens.peek().kind() != Kind.END) {
                    tokens.take();
                }
            }
        }
    }

    private void commented(SqlToken word, String column, String text) throws NotReadable {
        Field field = fields.get(column);
        if (field == null) {
            throw new NotReadable(word.place() + ": there is no column `" + column + "` to comment on");
        }
        fields.put(column, new Field(column, field.value(), field.remarks().withDoc(Optional.of(text))));
    }
}
