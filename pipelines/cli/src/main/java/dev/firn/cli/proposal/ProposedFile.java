package dev.firn.cli.proposal;

import dev.firn.cli.help.Paragraph;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Option;
import dev.firn.definition.layout.Layout;
import dev.firn.definition.yaml.YamlText;
import dev.firn.spi.source.ProposedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text of a pipeline file for one stream.
 *
 * @param heading what it was made of, a sentence each
 * @param catalog the sink's, as YAML
 * @param aboutCatalog why that one
 */
public record ProposedFile(
        Names names,
        List<String> heading,
        ProposedSource source,
        List<Finding> findings,
        String catalog,
        String aboutCatalog) {

    /** Only who knows the producers can tell whether it is wanted. */
    private static final Set<String> ASKED = Set.of("event-time");

    /** What things are called. */
    public record Names(String pipeline, String stream, String table) {}

    public ProposedFile {
        heading = List.copyOf(heading);
        findings = List.copyOf(findings);
    }

    /** In the form that {@code firn fmt} gives it. */
    public String text() {
        List<String> lines = new ArrayList<>();
        heading.forEach(sentence -> lines.addAll(comment("", sentence)));
        lines.add("pipeline:");
        lines.addAll(
                comment("  ", "Part of every operator's uid and of every snapshot: choose it before the first run."));
        lines.add("  name: " + YamlText.of(names.pipeline()));
        lines.add("source:");
        source.lines().forEach(line -> lines.addAll(indented(line)));
        lines.add("route:");
        lines.addAll(comment("  ", "In front of the dot stands the namespace; several pipelines may share one."));
        lines.add("  - {from: " + YamlText.of(names.stream()) + ", to: " + YamlText.of(names.table()) + "}");
        lines.addAll(tables());
        lines.add("sink:");
        lines.add("  type: iceberg");
        lines.addAll(comment("  ", aboutCatalog));
        lines.add("  catalog: " + catalog);
        lines.addAll(quarantine());
        String text = String.join("\n", lines) + "\n";
        return Layout.of(names.pipeline() + ".yaml", text)
                .value()
                .orElseThrow(() -> new IllegalStateException("our bug: a proposed file is no YAML:\n" + text));
    }

    /** What nothing acts on yet would be refused, so it is only a note; so is what keeps rows out of the table. */
    private List<String> tables() {
        Set<String> unbuilt = Option.of(TableOptions.class).stream()
                .filter(Option::isUnbuilt)
                .map(Option::name)
                .collect(Collectors.toSet());
        List<String> notes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String line = finding.option() + ": " + finding.value();
            if (unbuilt.contains(finding.option())) {
                finding.why().forEach(why -> notes.addAll(comment("    ", why)));
                notes.add("    # not built yet: " + line);
            } else if (ASKED.contains(finding.option())) {
                finding.why().forEach(why -> notes.addAll(comment("    ", why)));
                notes.add("    # " + line);
            } else {
                finding.why().forEach(why -> lines.addAll(comment("    ", why)));
                lines.add("    " + line);
            }
        }
        List<String> all = new ArrayList<>();
        if (!lines.isEmpty()) {
            all.add("tables:");
            all.add("  - table: " + YamlText.of(names.table()));
            all.addAll(lines);
        }
        all.addAll(notes);
        return all;
    }

    /** What a table hides would lie there in clear. */
    private List<String> quarantine() {
        List<String> lines = new ArrayList<>();
        if (findings.stream().map(Finding::option).anyMatch("mask"::equals)) {
            lines.add("quarantine:");
            lines.addAll(comment(
                    "  ",
                    "The bytes of refused records have in clear what `mask` hides. Without them `firn replay`"
                            + " can't put a record back; its topic still has it."));
            lines.add("  payload: none");
        }
        return lines;
    }

    private static List<String> indented(String line) {
        return line.startsWith("# ") ? comment("  ", line.substring(2)) : List.of("  " + line);
    }

    private static List<String> comment(String indent, String sentence) {
        String begin = indent + "# ";
        return Paragraph.wrapped(sentence, begin, begin).lines().toList();
    }
}
