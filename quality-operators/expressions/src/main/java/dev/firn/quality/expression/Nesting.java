package dev.firn.quality.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * How deep an expression is nested, found without nesting: parser, checker and evaluation each take stack for each level, and how much a
 * thread has nobody here knows. So brackets are counted before the first of them, and the tree before the second.
 */
final class Nesting {

    /** A thread with 512 KiB stands it while the JVM still interprets all of the code; unless said, threads have twice as much. */
    static final int DEEPEST = 200;

    static final String SENTENCE = "the expression is nested more than " + DEEPEST + " deep";

    private record At(SqlNode node, int depth) {}

    private Nesting() {}

    /** The first bracket, or {@code case}, that opens within too many others. */
    static Optional<Tokens.Token> tooDeep(List<Tokens.Token> tokens) {
        Deque<String> closing = new ArrayDeque<>();
        for (Tokens.Token token : tokens) {
            if (token.kind() != Tokens.Kind.WORD && token.kind() != Tokens.Kind.SIGN) {
                continue;
            }
            String text = token.text().toLowerCase(Locale.ROOT);
            if (text.equals(closing.peek())) {
                closing.pop();
            }
            switch (text) {
                case "(" -> closing.push(")");
                case "[" -> closing.push("]");
                case "case" -> closing.push("end");
                default -> {
                    continue;
                }
            }
            if (closing.size() > DEEPEST) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** The first part found that is too deep. */
    static Optional<SqlNode> tooDeep(SqlNode tree) {
        Deque<At> open = new ArrayDeque<>();
        open.push(new At(tree, 1));
        while (!open.isEmpty()) {
            At at = open.pop();
            if (at.depth() > DEEPEST) {
                return Optional.of(at.node());
            }
            for (SqlNode part : parts(at.node())) {
                if (part != null) {
                    open.push(new At(part, at.depth() + (part instanceof SqlNodeList ? 0 : 1)));
                }
            }
        }
        return Optional.empty();
    }

    private static List<SqlNode> parts(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.getList();
        }
        return node instanceof SqlCall call ? call.getOperandList() : List.of();
    }
}
