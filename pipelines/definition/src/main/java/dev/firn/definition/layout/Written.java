package dev.firn.definition.layout;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A value as it was written, with the remarks around it. */
sealed interface Written {

    /**
     * A single value.
     *
     * @param text what it says
     * @param lines as they stand in the file, from its first character to its last
     * @param beside the comment that ends its line
     */
    record Leaf(String text, ScalarStyle style, List<String> lines, List<Remark> beside) implements Written {

        boolean isPlain() {
            return style == ScalarStyle.PLAIN;
        }

        boolean isBlock() {
            return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        }
    }

    /**
     * A mapping or a list.
     *
     * @param flow written with brackets
     * @param opening the comment behind the opening bracket
     * @param ending what stands behind the last part
     * @param closing the comment behind the closing bracket
     */
    record Group(
            boolean mapping,
            boolean flow,
            List<Part> parts,
            List<Remark> opening,
            List<Remark> ending,
            List<Remark> closing)
            implements Written {

        Group with(List<Part> others) {
            return new Group(mapping, flow, others, opening, ending, closing);
        }

        /** Whether a comment stands between its brackets: then it can't be on one line. */
        boolean hasCommentsInside() {
            return Remark.anyComment(opening)
                    || Remark.anyComment(ending)
                    || parts.stream().anyMatch(Part::hasComments);
        }
    }

    /**
     * One key with its value, or one item.
     *
     * @param above what stands before it
     * @param beside the comment behind the colon or the dash, where the value is further below
     * @param below what stands between the colon or the dash and a value that has no parts to take it
     */
    record Part(Optional<Leaf> key, List<Remark> above, List<Remark> beside, List<Remark> below, Written value) {

        String name() {
            return key.map(Leaf::text).orElse("");
        }

        Part withAbove(List<Remark> others) {
            return new Part(key, others, beside, below, value);
        }

        Part withValue(Written other) {
            return new Part(key, above, beside, below, other);
        }

        private boolean hasComments() {
            boolean around = Remark.anyComment(above) || Remark.anyComment(beside) || Remark.anyComment(below);
            if (value instanceof Group group) {
                return around || !group.closing().isEmpty() || group.hasCommentsInside();
            }
            return around || (value instanceof Leaf leaf && !leaf.beside().isEmpty());
        }
    }
}
