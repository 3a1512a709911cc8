package dev.firn.cli.schema;

import dev.firn.cli.help.Paragraph;
import dev.firn.schema.compare.Incompatibility;

/** The answer of a check for people. */
public final class CheckText {

    private CheckText() {}

    public static String write(CheckAnswer answer) {
        StringBuilder text = new StringBuilder(answer.level().word());
        text.append(answer.isCompatible() ? ": compatible with " : ": not compatible with ");
        text.append(String.join(
                        ", ",
                        answer.held().stream()
                                .filter(one ->
                                        answer.isCompatible() || !one.why().isEmpty())
                                .map(one -> one.older().name())
                                .toList()))
                .append('\n');
        for (CheckAnswer.Held held : answer.held()) {
            for (Incompatibility why : held.why()) {
                text.append(Paragraph.wrapped(sentence(answer, held, why), "  ", "    "))
                        .append('\n');
            }
        }
        return text.append(answer.changes().isEmpty() ? "\nnothing changes for the table\n" : "\nfor the table:\n")
                .append(ChangeLines.of(answer.changes(), "  "))
                .toString();
    }

    private static String sentence(CheckAnswer answer, CheckAnswer.Held held, Incompatibility why) {
        String path = why.path().isEmpty() ? "" : "`" + why.path() + "`: ";
        return switch (why.reader()) {
            case NEW -> held.older().name() + " read by " + answer.newer().name() + ": " + path + why.why();
            case OLD -> answer.newer().name() + " read by " + held.older().name() + ": " + path + why.why();
        };
    }
}
