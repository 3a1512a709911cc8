package dev.firn.cli.grammar;

import dev.firn.cli.help.Section;
import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.Option;
import dev.firn.definition.bind.OptionReference;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The reference of the files as markdown: an index, and for each section an example and its options, those inside one indented under it. */
public final class ReferencePage {

    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    public static String of(Components components) {
        ReferencePage reference = new ReferencePage();
        List<Section> sections = Section.all(components);
        reference.page.append(
                """
                # The pipeline file

                Every word of a pipeline file and of the project file, made from the code (`firn grammar --format markdown`). What is
                **not built yet** is read and checked, and refused by the plan. What a file means as a whole is told in
                [the first pipeline](../first-pipeline.md); a file beside its plan stands in [side by side](side-by-side.md); an editor
                completes these words with [the JSON Schema](../editors.md).

                | section | |
                |---|---|
                """);
        sections.forEach(reference::line);
        reference.page.append(
                """

                A **time** is written `500ms`, `10s`, `5m`, `1h` or `2d`, a **size** `64KiB`, `256MiB` or `50GiB`, a **share** `20%`. A
                **selector** is a name, a name with `*`, or a regular expression between slashes. Where a **list** may stand, so may its only
                item. **References**, such as `${env:X}`, `${file:path}` and `${secret:x}`, stand in text that may hold them.
                """);
        sections.forEach(reference::section);
        return reference.page.toString();
    }

    private void line(Section section) {
        page.append("| [")
                .append(section.title())
                .append("](#")
                .append(anchor(section))
                .append(") | ")
                .append(section.summaryWithState())
                .append(" |\n");
    }

    private static String anchor(Section section) {
        return section.title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }

    private void section(Section section) {
        page.append("\n## ").append(section.title()).append("\n\n");
        page.append(section.summaryWithState()).append(shape(section)).append("\n\n```yaml\n");
        page.append(example(section)).append("```\n\n");
        page.append(OptionReference.markdown(section.options()));
    }

    private static String shape(Section section) {
        if (section.shape() == Section.Shape.LIST) {
            return " A list.";
        }
        return switch (section.word()) {
            case "source" -> " One mapping, or a list of them; in a list each needs a `name`, which is the type unless said.";
            case "sink" -> " Beside its options stands `namespace`, for streams that no route names and for Firn's own tables; unless"
                    + " said, the pipeline's name.";
            default -> "";
        };
    }

    /** The options that must be said, or else the first. */
    private static String example(Section section) {
        List<Option> options = Option.of(section.options());
        List<Option> shown = options.stream()
                .filter(option -> option.isRequired() && option.example().isPresent())
                .toList();
        if (shown.isEmpty()) {
            shown = options.stream()
                    .filter(option -> option.example().isPresent() && !option.isSecret())
                    .limit(1)
                    .toList();
        }
        List<String> lines = Stream.concat(
                        section.type().stream().map(type -> "type: " + type),
                        shown.stream()
                                .map(option ->
                                        option.name() + ": " + option.example().orElseThrow()))
                .toList();
        if (section.shape() == Section.Shape.FILE) {
            return String.join("\n", lines) + "\n";
        }
        String first = section.shape() == Section.Shape.LIST ? "  - " : "  ";
        String other = " ".repeat(first.length());
        return section.word() + ":\n" + (lines.isEmpty() ? "  {}\n" : first + String.join("\n" + other, lines) + "\n");
    }
}
