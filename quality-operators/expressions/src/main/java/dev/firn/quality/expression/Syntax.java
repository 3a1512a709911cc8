package dev.firn.quality.expression;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** From a text to a tree, by Calcite's grammar. All that is said about it is said here. */
final class Syntax {

    /** More is no rule that somebody reads. */
    private static final int LONGEST = 20_000;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withQuoting(Quoting.BACK_TICK)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(1_000)
            .withConformance(SqlConformanceEnum.BABEL);

    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line");

    /** Of other languages, and what SQL has instead. */
    private static final Map<String, String> OTHERS = Map.of("&", "and", "!", "not", ":", "cast(... as ...)");

    /** A text that is no expression. */
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Wrong(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** A tree, and the way back to the text's places. */
    record Tree(SqlNode node, Source source) {}

    private Syntax() {}

    /** @param columns names that mean a column even where they are words of SQL */
    static Tree parse(String text, Collection<String> columns) throws Wrong {
        if (text.length() > LONGEST) {
            throw new Wrong(Problem.at(new Place(1, 1, 1), "the expression has more than " + LONGEST + " characters"));
        }
        Source source = read(text);
        while (true) {
            try {
                SqlNode node = SqlParser.create(source.forTheParser(), CONFIG).parseExpression();
                Optional<SqlNode> deep = Nesting.tooDeep(node);
                if (deep.isPresent()) {
                    throw new Wrong(Problem.at(source.place(deep.orElseThrow().getParserPosition()), Nesting.SENTENCE));
                }
                return new Tree(node, source);
            } catch (SqlParseException e) {
                if (!source.quoteNext(stumbled(source, e), columns)) {
                    throw new Wrong(problem(source, e));
                }
            } catch (RuntimeException | StackOverflowError e) {
                // Calcite's parser is not ours: what it trips over is a text that can't be read, whatever it throws.
                throw new Wrong(unreadable(source));
            }
        }
    }

    private static Source read(String text) throws Wrong {
        try {
            Tokens tokens = Tokens.of(text);
            if (tokens.all().isEmpty()) {
                throw new Wrong(Problem.at(new Place(1, 1, 1), "there is no expression"));
            }
            Source source = new Source(text, tokens);
            Optional<Tokens.Token> deep = Nesting.tooDeep(tokens.all());
            if (deep.isPresent()) {
                Tokens.Token token = deep.orElseThrow();
                throw new Wrong(Problem.at(source.place(token.begin(), token.end()), Nesting.SENTENCE));
            }
            return source;
        } catch (Tokens.Unended e) {
            int line = (int)
                    text.substring(0, e.begin()).chars().filter(c -> c == '\n').count();
            int column = e.begin() - (text.lastIndexOf('\n', e.begin()) + 1);
            throw new Wrong(Problem.at(new Place(line + 1, column + 1, 1), e.sentence()));
        }
    }

    /** None where the parser does not say. */
    private static List<Tokens.Token> stumbled(Source source, SqlParseException e) {
        Matcher said = ENCOUNTERED.matcher(String.valueOf(e.getMessage()));
        return e.getPos() == null || !said.lookingAt() ? List.of() : source.stumbled(e.getPos(), said.group(1));
    }

    private static Problem problem(Source source, SqlParseException e) {
        List<Tokens.Token> stumbled = stumbled(source, e);
        Matcher said = ENCOUNTERED.matcher(String.valueOf(e.getMessage()));
        if (said.lookingAt() && said.group(1).endsWith("<EOF>")) {
            return Problem.at(source.end(), "the expression ends too early")
                    .expecting("something behind `" + source.lastToken().text() + "`");
        }
        if (e.getCause() instanceof StackOverflowError) {
            return Problem.at(source.place(0, Integer.MAX_VALUE), Nesting.SENTENCE);
        }
        if (stumbled.isEmpty()) {
            return unreadable(source);
        }
        for (Tokens.Token word : stumbled) {
            Optional<Problem> known = Unknowns.word(word.text(), source.place(word.begin(), word.end()));
            if (known.isPresent()) {
                return known.orElseThrow();
            }
        }
        Tokens.Token token = stumbled.get(stumbled.size() - 1);
        Problem problem =
                Problem.at(source.place(token.begin(), token.end()), "`" + token.text() + "` is not expected here");
        if (OTHERS.containsKey(token.text())) {
            return problem.fixedBy("write `" + OTHERS.get(token.text()) + "`");
        }
        if (token.text().equals("=")) {
            return problem.fixedBy("to compare, write one `=`");
        }
        return token.kind() == Tokens.Kind.WORD
                        && Character.isLetter(token.text().charAt(0))
                ? problem.fixedBy("if it names a column, write it in backticks")
                : problem;
    }

    private static Problem unreadable(Source source) {
        return Problem.at(source.place(0, Integer.MAX_VALUE), "this is no expression of SQL");
    }
}
