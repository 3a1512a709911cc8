package dev.firn.definition.layout;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/** The one form of a pipeline file; what it says, and each of its comments, stays. */
public final class Layout {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Layout() {}

    /**
     * A text in that form.
     *
     * @param file the name that diagnostics give it
     * @return no value where the text is no tree that a pipeline file may be
     */
    public static Checked<String> of(String file, String text) {
        Checked<Node> read = YamlReader.read(file, text);
        if (read.hasErrors() || read.value().isEmpty()) {
            return new Checked<>(Optional.empty(), read.diagnostics());
        }
        String withoutMark = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        boolean windows =
                withoutMark.indexOf("\r\n") >= 0 && withoutMark.indexOf("\r\n") == withoutMark.indexOf('\n') - 1;
        String unix = withoutMark.replace("\r\n", "\n").replace('\r', '\n');
        Checked<Node> unixRead = YamlReader.read(file, unix);
        if (unixRead.hasErrors()) {
            return new Checked<>(Optional.empty(), unixRead.diagnostics());
        }
        Document document = DocumentReader.read(unix);
        String laidOut = String.join("\n", Printer.print(WordOrder.arranged(document))) + "\n";
        prove(document, read.value().get(), laidOut);
        return new Checked<>(Optional.of(windows ? laidOut.replace("\n", "\r\n") : laidOut), read.diagnostics());
    }

    /** Reads what is about to replace somebody's file. */
    private static void prove(Document document, Node tree, String laidOut) {
        Checked<Node> again = YamlReader.read("the formatted file", laidOut);
        if (again.hasErrors()
                || again.value().filter(same -> SameTree.is(tree, same)).isEmpty()) {
            throw new IllegalStateException("formatted, the file would not say what it says");
        }
        if (!sorted(DocumentReader.read(laidOut).comments()).equals(sorted(document.comments()))) {
            throw new IllegalStateException("formatted, the file would not have the comments that it has");
        }
    }

    private static List<String> sorted(List<String> comments) {
        return comments.stream().sorted().toList();
    }
}
