package dev.firn.cli.help;

import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.Option;
import dev.firn.definition.bind.OptionReference;
import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.definition.diagnostic.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Finds the pages of a topic: an error's code, a section of the pipeline file, an option. */
public final class HelpTopics {

    private static final int SUGGESTIONS = 6;

    private final List<Section> sections;

    public HelpTopics(Components components) {
        this.sections = Section.all(components);
    }

    /** All pages of a topic, as markdown; a word can be an option of several sections. */
    public List<String> pages(String topic) {
        List<String> pages = new ArrayList<>();
        HelpPages.page(topic).ifPresent(pages::add);
        for (Section section : sections) {
            if (section.word().equals(topic)
                    || section.type().filter(topic::equals).isPresent()) {
                pages.add(page(section));
            }
        }
        for (Section section : sections) {
            section.rows().stream()
                    .filter(row -> row.name().equals(topic) || row.name().endsWith("." + topic))
                    .forEach(row -> pages.add(page(section, row)));
        }
        return pages;
    }

    /** Topics that may have been meant: one typing mistake away, or with the given word in their name. */
    public List<String> near(String topic, Collection<String> verbs) {
        NavigableSet<String> topics = topics();
        topics.addAll(verbs);
        List<String> near =
                new ArrayList<>(Suggestion.nearest(topic, topics).stream().toList());
        topics.stream()
                .filter(word -> word.contains(topic) && !near.contains(word))
                .limit(SUGGESTIONS - near.size())
                .forEach(near::add);
        return near;
    }

    /** Every topic that there is a page for, verbs aside. */
    public NavigableSet<String> topics() {
        NavigableSet<String> topics = new TreeSet<>(CodePages.codes());
        for (Section section : sections) {
            topics.add(section.word());
            section.type().ifPresent(topics::add);
            section.rows()
                    .forEach(row -> topics.add(row.name().substring(row.name().lastIndexOf('.') + 1)));
        }
        return topics;
    }

    private static String page(Section section) {
        List<String> lines = section.rows().stream()
                .map(row -> "- `" + row.name() + "`" + fallback(row.option()) + "  \n  "
                        + Paragraph.wrapped(
                                row.option().doc().orElse("") + OptionReference.unbuilt(row.option()), "  "))
                .toList();
        return "# " + section.title() + "\n\n"
                + Paragraph.wrapped(section.summaryWithState(), "")
                + "\n\n" + String.join("\n", lines) + "\n";
    }

    private static String fallback(Option option) {
        return option.isRequired()
                ? ", required"
                : option.unlessSaid()
                        .map(text -> ", `" + text + "` unless said")
                        .orElse("");
    }

    private static String page(Section section, OptionReference.Row row) {
        Option option = row.option();
        StringBuilder page = new StringBuilder("# `" + row.name() + "` in " + section.title() + "\n\n");
        String doc = option.doc().orElse("")
                + (option.isSecret() ? " Never printed." : "")
                + OptionReference.unbuilt(option);
        page.append(Paragraph.wrapped(doc, "")).append("\n\n");
        page.append("- type: ").append(row.type()).append("\n");
        if (option.isRequired()) {
            page.append("- required\n");
        }
        option.unlessSaid()
                .ifPresent(text -> page.append("- default: `").append(text).append("`\n"));
        option.example().filter(example -> !option.isSecret()).ifPresent(example -> page.append("\n```yaml\n")
                .append(section.example(row.name(), example))
                .append("```\n"));
        return page.toString();
    }
}
