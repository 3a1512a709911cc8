package dev.firn.cli.help;

import dev.firn.definition.PipelineOptions;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.OptionReference;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.project.Project;
import dev.firn.definition.project.ProjectOptions;
import dev.firn.definition.tests.TestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A section of the pipeline file.
 *
 * @param word its key at the top of the file
 * @param type what stands behind {@code type:}, where the section has types
 * @param shape how its options are written
 * @param options the record that is its grammar
 */
public record Section(String word, Optional<String> type, Shape shape, Class<? extends Record> options) {

    /** How a section holds its options. */
    public enum Shape {
        MAPPING,
        LIST,
        /** A file of its own. */
        FILE
    }

    /** All sections in the order of a file; those with types once for each type. */
    public static List<Section> all(Components components) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("pipeline", Optional.empty(), Shape.MAPPING, PipelineOptions.class));
        typed(components, "source").forEach(sections::add);
        sections.add(new Section("route", Optional.empty(), Shape.LIST, RouteOptions.class));
        sections.add(new Section("tables", Optional.empty(), Shape.LIST, TableOptions.class));
        typed(components, "sink").forEach(sections::add);
        sections.add(new Section("quarantine", Optional.empty(), Shape.MAPPING, QuarantineOptions.class));
        sections.add(new Section("maintenance", Optional.empty(), Shape.MAPPING, MaintenanceOptions.class));
        sections.add(new Section("tests", Optional.empty(), Shape.LIST, TestOptions.class));
        sections.add(new Section(Project.FILE, Optional.empty(), Shape.FILE, ProjectOptions.class));
        return sections;
    }

    private static Stream<Section> typed(Components components, String kind) {
        return components.types(kind).stream().sorted().flatMap(type -> components.options(kind, type).stream()
                .map(options -> new Section(kind, Optional.of(type), Shape.MAPPING, options)));
    }

    List<OptionReference.Row> rows() {
        return OptionReference.rows(options).stream()
                // What is inside an environment is also outside, and its place would need the environment's name.
                .filter(row -> shape != Shape.FILE || !row.name().contains("."))
                .toList();
    }

    String summary() {
        return OptionReference.component(options).map(Component::summary).orElse("");
    }

    /** The summary, and that nothing acts on the section yet where that is so. */
    public String summaryWithState() {
        return summary() + (Unbuilt.isUnbuilt(options) ? " **Not built yet.**" : "");
    }

    public String title() {
        return "`" + word + (shape == Shape.FILE ? "" : ":") + "`"
                + type.map(name -> " of type `" + name + "`").orElse("");
    }

    /** An option as it stands in a file, below all that is around it. */
    String example(String option, String value) {
        if (shape == Shape.FILE) {
            return option + ": " + value + "\n";
        }
        StringBuilder yaml = new StringBuilder(word + ":\n");
        String indent = "  ";
        if (type.isPresent()) {
            yaml.append(indent).append("type: ").append(type.get()).append("\n");
        }
        String first = shape == Shape.LIST ? "- " : "";
        List<String> path = List.of(option.split("\\."));
        for (String outer : path.subList(0, path.size() - 1)) {
            yaml.append(indent).append(first).append(outer).append(":\n");
            indent += "  " + " ".repeat(first.length());
            first = "";
        }
        return yaml.append(indent)
                .append(first)
                .append(path.get(path.size() - 1))
                .append(": ")
                .append(value)
                .append("\n")
                .toString();
    }
}
