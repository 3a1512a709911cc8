package dev.firn.definition.layout;

import dev.firn.definition.layout.Written.Group;
import dev.firn.definition.layout.Written.Leaf;
import dev.firn.definition.layout.Written.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints a document: two spaces a level, brackets where they were and fit on the line, each remark at its place. */
final class Printer {

    private static final int COLUMNS = 100;
    private static final int LEVEL = 2;

    /** The parser takes no longer word for a key in front of its colon. */
    private static final int LONGEST_KEY = 1000;

    private final Page page = new Page();

    private Printer() {}

    static List<String> print(Document document) {
        Printer printer = new Printer();
        printer.page.remarks(document.header(), 0);
        printer.root(document.root());
        printer.page.remarks(document.footer(), 0);
        return printer.page.lines();
    }

    private void root(Written root) {
        if (root instanceof Group group && isBlock(group, "")) {
            page.remarks(group.opening(), 0);
            parts(group, 0, "");
            page.remarks(group.closing(), 0);
        } else {
            value("", root, 0);
        }
    }

    /** @param start what stands on the first part's line already, where nothing stands above the part */
    private void parts(Group group, int indentation, String start) {
        String begun = start;
        for (Part part : group.parts()) {
            page.remarks(part.above(), indentation);
            part(begun, part, indentation);
            begun = " ".repeat(indentation);
        }
        page.remarks(group.ending(), indentation);
    }

    private void part(String start, Part part, int indentation) {
        String head = start + "-";
        if (part.key().isPresent()) {
            String key = ScalarText.onOneLine(part.key().get(), false);
            if (Characters.width(key) > LONGEST_KEY) {
                page.line(start + "? " + key);
                head = " ".repeat(indentation) + ":";
            } else {
                head = start + key + ":";
            }
        }
        if (part.value() instanceof Group group && isBlock(group, head)) {
            block(head, part, group, indentation + LEVEL);
        } else if (isNothing(part.value())) {
            List<Remark> besides = new ArrayList<>(part.beside());
            besides.addAll(((Leaf) part.value()).beside());
            page.line(beside(head, besides));
            page.remarks(besides.subList(Math.min(1, besides.size()), besides.size()), indentation);
            page.remarks(part.below(), indentation);
        } else if (part.beside().isEmpty() && !Remark.anyComment(part.below())) {
            value(head + " ", part.value(), indentation);
        } else {
            page.line(beside(head, part.beside()));
            page.remarks(Remark.withoutEmptyStart(part.below()), indentation + LEVEL);
            value(" ".repeat(indentation + LEVEL), part.value(), indentation);
        }
    }

    private void block(String head, Part part, Group group, int indentation) {
        List<Remark> besides = new ArrayList<>(part.beside());
        besides.addAll(group.opening());
        List<Remark> closing = group.closing();
        if (besides.isEmpty()) {
            besides.addAll(closing);
            closing = List.of();
        }
        List<Remark> above = Remark.withoutEmptyStart(group.parts().get(0).above());
        Group inside = group.with(withFirstAbove(group.parts(), above));
        if (part.key().isEmpty() && besides.isEmpty() && above.isEmpty()) {
            parts(inside, indentation, head + " ");
        } else {
            page.line(beside(head, besides));
            page.remarks(besides.subList(Math.min(1, besides.size()), besides.size()), indentation);
            parts(inside, indentation, " ".repeat(indentation));
        }
        page.remarks(closing, indentation);
    }

    private static List<Part> withFirstAbove(List<Part> parts, List<Remark> above) {
        List<Part> changed = new ArrayList<>(parts);
        changed.set(0, parts.get(0).withAbove(above));
        return changed;
    }

    /** A value on the line that was begun. */
    private void value(String start, Written value, int indentation) {
        if (value instanceof Group group) {
            List<Remark> besides = new ArrayList<>(group.opening());
            besides.addAll(group.ending());
            besides.addAll(group.closing());
            besides.removeIf(remark -> !remark.isComment());
            page.line(beside(start + flow(group), besides));
            page.remarks(besides.subList(Math.min(1, besides.size()), besides.size()), indentation);
            return;
        }
        Leaf leaf = (Leaf) value;
        List<String> lines = ScalarText.inBlock(leaf);
        int commented = leaf.isBlock() ? 0 : lines.size() - 1;
        for (int number = 0; number < lines.size(); number++) {
            String begun = number == 0 ? start : " ".repeat(indentation + LEVEL);
            String line = number > 0 && lines.get(number).isEmpty() ? "" : begun + lines.get(number);
            page.line(number == commented ? beside(line, leaf.beside()) : line);
        }
        if (lines.get(0).endsWith("+") && leaf.isBlock() && lines.size() > 1) {
            page.keepAsItEnds();
        }
    }

    private static boolean isNothing(Written value) {
        return value instanceof Leaf leaf && leaf.isPlain() && leaf.text().isEmpty();
    }

    private static String beside(String line, List<Remark> remarks) {
        return remarks.isEmpty() ? line : remarks.get(0).behind(line);
    }

    private static boolean isBlock(Group group, String head) {
        if (group.parts().isEmpty()) {
            return false;
        }
        return !group.flow()
                || group.hasCommentsInside()
                || Characters.width(head) + 1 + Characters.width(flow(group)) > COLUMNS;
    }

    private static String flow(Group group) {
        String inside = group.parts().stream().map(Printer::flow).collect(Collectors.joining(", "));
        return group.mapping() ? "{" + inside + "}" : "[" + inside + "]";
    }

    private static String flow(Part part) {
        String value =
                part.value() instanceof Group group ? flow(group) : ScalarText.onOneLine((Leaf) part.value(), true);
        return part.key()
                .map(key -> ScalarText.onOneLine(key, true) + ": " + value)
                .orElse(value);
    }
}
