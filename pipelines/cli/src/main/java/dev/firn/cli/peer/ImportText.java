package dev.firn.cli.peer;

import dev.firn.cli.help.Paragraph;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What will behave differently, for people. */
public final class ImportText {

    private static final String INDENT = " ".repeat(10);

    private ImportText() {}

    /** The heaviest first; no value of the other tool's file is in it. */
    public static String write(ImportAnswer answer) {
        StringBuilder text = new StringBuilder();
        text.append(Paragraph.wrapped(
                        "`" + answer.file() + "` is " + answer.imported().tool() + ". What will not be as it was:", ""))
                .append("\n");
        answer.imported().findings().forEach(finding -> text.append("\n").append(one(finding)));
        text.append("\n").append(summary(answer.imported().findings())).append("\n");
        if (!answer.unbuilt().isEmpty()) {
            text.append("\nFirn can't run this yet:\n");
            answer.unbuilt().forEach(found -> text.append(Paragraph.wrapped(
                            "line " + found.span().line() + " of the file: " + found.message(), "  ", "    "))
                    .append("\n"));
        }
        return text.toString();
    }

    private static String one(Finding finding) {
        String about = finding.keys().isEmpty()
                ? "what the file does not say"
                : String.join(", ", finding.keys()) + ", line " + finding.line();
        return Paragraph.wrapped(finding.weight().word() + ": " + about, "  ") + "\n"
                + Paragraph.wrapped(finding.there(), "  there   ", INDENT) + "\n"
                + Paragraph.wrapped(finding.here(), "  here    ", INDENT) + "\n";
    }

    private static String summary(List<Finding> findings) {
        return Arrays.stream(Weight.values())
                .map(weight -> count(weight, findings))
                .filter(counted -> !counted.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(Weight weight, List<Finding> findings) {
        long count =
                findings.stream().filter(finding -> finding.weight() == weight).count();
        if (count == 0) {
            return "";
        }
        return count + " "
                + switch (weight) {
                    case DANGER -> count == 1 ? "danger" : "dangers";
                    case SECRET -> count == 1 ? "secret" : "secrets";
                    case DIFFERS -> count == 1 ? "difference" : "differences";
                    case TO_DO, LEFT_OUT -> weight.word();
                };
    }
}
