package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Losses;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and texts as a dialect writes them. */
final class SqlNames {

    /** What any of the dialects reserves; a name too many in quotes does no harm. */
    private static final Set<String> RESERVED = Set.of(
            ("all alter analyse analyze and any anti array as asc asymmetric authorization between bigint binary bit blob boolean"
                            + " both by call cascade case cast char character check collate collation column commit concurrently"
                            + " constraint create cross cube current current_catalog current_date current_path current_role"
                            + " current_schema current_time current_timestamp current_user cursor date day deallocate dec"
                            + " decimal default deferrable delete desc describe distinct do double drop else end end-exec escape"
                            + " except exec execute exists explain external extract false fetch filter first float for foreign"
                            + " freeze from full function global grant group grouping having hour if ilike in index initially"
                            + " inner insert int integer intersect interval into is isnull join key language last lateral"
                            + " leading left like limit listagg local localtime localtimestamp map match minus minute month"
                            + " multiset natural new no normalize not notnull null nulls number numeric of offset old on only"
                            + " open option or order outer over overlaps overlay partition percent placing position"
                            + " precision prepare primary procedure range real recursive references regexp rename result"
                            + " return returning returns revoke right rlike rollback rollup row rows second select semi"
                            + " session_user set setof show similar skip smallint some sql start static string struct symmetric"
                            + " system table tablesample temporary text then time timestamp tinyint to top trailing trigger"
                            + " trim true truncate uescape union unique unknown unnest update upper user using value values"
                            + " varbinary varchar variadic verbose view when where window with within without year")
                    .split(" "));

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LOWER = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Dialect dialect;
    private final Losses losses;

    SqlNames(Dialect dialect, Losses losses) {
        this.dialect = dialect;
        this.losses = losses;
    }

    /** In quotes where it needs them, which is told. */
    String of(String path, String name) {
        if (isPlain(name)) {
            return name;
        }
        String quote = String.valueOf(dialect.quote());
        String quoted = quote + name.replace(quote, quote + quote) + quote;
        losses.change(path, "the name has to be written as " + quoted);
        return quoted;
    }

    /** The same where it has been told. */
    String again(String name) {
        String quote = String.valueOf(dialect.quote());
        return isPlain(name) ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    private boolean isPlain(String name) {
        Pattern pattern = dialect.foldsNames() ? LOWER : PLAIN;
        return pattern.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A text in quotes. */
    String text(String text) {
        return text(dialect, text);
    }

    static String text(Dialect dialect, String text) {
        String escaped = dialect.escapesWithBackslash()
                ? text.replace("\\", "\\\\").replace("'", "\\'")
                : text.replace("'", "''");
        return "'" + escaped + "'";
    }
}
