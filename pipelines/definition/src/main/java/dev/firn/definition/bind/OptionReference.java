package dev.firn.definition.bind;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of a component's options, made from its record. */
public final class OptionReference {

    /**
     * One line of the reference.
     *
     * @param name with the names of the mappings around it: {@code format.registry.url}
     * @param type in words
     */
    public record Row(String name, String type, Option option) {}

    private OptionReference() {}

    /** Every option in the order of its declaration, those inside a mapping behind the mapping. */
    public static List<Row> rows(Class<? extends Record> options) {
        return rows("", options).toList();
    }

    private static Stream<Row> rows(String prefix, Class<? extends Record> options) {
        return Option.of(options).stream().flatMap(option -> {
            String name = prefix + option.name();
            Row row = new Row(name, TypeWords.of(option), option);
            return Stream.concat(Stream.of(row), option.nested().stream().flatMap(inside -> rows(name + ".", inside)));
        });
    }

    /** The options as a markdown list: what each takes, what it does; those inside one are indented under it. */
    public static String markdown(Class<? extends Record> options) {
        StringBuilder list = new StringBuilder();
        list(options, "", list);
        return list.toString();
    }

    private static void list(Class<? extends Record> options, String indentation, StringBuilder list) {
        for (Option option : Option.of(options)) {
            list.append(indentation)
                    .append("- **`")
                    .append(option.name())
                    .append("`** · ")
                    .append(facts(option))
                    .append("  \n")
                    .append(indentation)
                    .append("  ")
                    .append(said(option))
                    .append(example(option))
                    .append("\n");
            option.nested().ifPresent(inside -> list(inside, indentation + "  ", list));
        }
    }

    private static String facts(Option option) {
        return Stream.of(
                        TypeWords.of(option),
                        option.isRequired() ? "required" : "",
                        option.unlessSaid()
                                .map(text -> code(text) + " unless said")
                                .orElse(""))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** What an option does and goes with, and whether anything acts on it yet. */
    static String said(Option option) {
        return option.doc().orElse("") + types(option) + (option.isSecret() ? " Never printed." : "") + unbuilt(option);
    }

    private static String example(Option option) {
        return option.isSecret()
                ? ""
                : option.example()
                        .map(text -> " For example " + code(option.name() + ": " + text) + ".")
                        .orElse("");
    }

    /** What stands behind an option's description where nothing acts on it, or on one of its words. */
    public static String unbuilt(Option option) {
        if (option.isUnbuilt()) {
            return " **Not built yet.**";
        }
        List<String> words = option.unbuiltWords();
        return words.isEmpty() ? "" : " **Not built yet:** " + Complaints.words(words.toArray(String[]::new)) + ".";
    }

    private static String types(Option option) {
        return option.ofType()
                .map(types -> " Goes with `type` " + Complaints.words(types.value())
                        + (types.required().length == 0
                                ? "."
                                : "; required with " + Complaints.words(types.required()) + "."))
                .orElse("");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** The words of a component: {@code source} {@code kafka}, and its summary. */
    public static Optional<Component> component(Class<? extends Record> options) {
        return Optional.ofNullable(options.getAnnotation(Component.class));
    }
}
