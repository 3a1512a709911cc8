package dev.firn.definition.bind;

import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that every options record keeps; each module tests its own records with it. */
public final class OptionConformance {

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern SENTENCE = Pattern.compile("[\\p{Lu}`].*\\.", Pattern.DOTALL);

    /** What YAML 1.1 takes for a boolean, nothing, a merge, or a number in base 8, 60 or with underscores. */
    private static final Set<String> YAML_1_1_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "null", "~", "", "<<", "=");

    private static final Pattern YAML_1_1_NUMBER =
            Pattern.compile("0[0-7]+|[-+]?[0-9][0-9]*(:[0-5]?[0-9])+(\\.[0-9]*)?|[-+]?[0-9]+_[0-9_]*");

    private OptionConformance() {}

    /** What is wrong with a record, a sentence each; empty if it keeps the rules. */
    public static List<String> violations(Class<? extends Record> options) {
        List<String> violations = new ArrayList<>();
        if (OptionReference.component(options).isEmpty()) {
            violations.add(options.getSimpleName() + " has no @Component");
        }
        for (OptionReference.Row row : OptionReference.rows(options)) {
            violationsOf(row.option())
                    .map(violation -> row.name() + " " + violation)
                    .forEach(violations::add);
        }
        return List.copyOf(violations);
    }

    private static Stream<String> violationsOf(Option option) {
        return Stream.of(
                        violation(!KEBAB_CASE.matcher(option.name()).matches(), "is not kebab-case"),
                        violation(isYaml11Special(option.name()), "is a word of YAML 1.1"),
                        violation(
                                option.words().stream().anyMatch(OptionConformance::isYaml11Special),
                                "takes a word of YAML 1.1"),
                        violation(
                                option.doc()
                                        .filter(doc -> SENTENCE.matcher(doc).matches())
                                        .isEmpty(),
                                "has no @Doc sentence"),
                        violation(
                                option.isRequired() && option.defaultText().isPresent(),
                                "is required and has a default"),
                        violation(
                                option.usual().isPresent() && !mayBeLeftOut(option),
                                "has something that usually holds, and can't be left out"),
                        violation(
                                !mayBeLeftOut(option)
                                        && !option.isRequired()
                                        && option.defaultText().isEmpty(),
                                "is neither required nor has it a default"),
                        violation(option.nested().isEmpty() && option.example().isEmpty(), "has no @Example"),
                        violation(
                                option.isSecret() && !option.tellsItIsSecret() && option.innermost() != Text.class,
                                "is @Secret under a name that does not say so, and no reference, which alone could stand there"),
                        option.example().flatMap(example -> misread(option, "@Example", example)),
                        option.defaultText().flatMap(text -> misread(option, "@Default", text)),
                        option.usual().flatMap(text -> misread(option, "@Usually", text)))
                .flatMap(Optional::stream);
    }

    private static Optional<String> violation(boolean broken, String sentence) {
        return broken ? Optional.of(sentence) : Optional.empty();
    }

    private static boolean mayBeLeftOut(Option option) {
        return Set.of(Optional.class, List.class, Map.class).contains(Option.rawType(option.type()))
                || option.nested().isPresent();
    }

    private static Optional<String> misread(Option option, String annotation, String yaml) {
        if (YamlReader.read(annotation, yaml).value().stream().anyMatch(OptionConformance::differsInYaml11)) {
            return Optional.of("has an " + annotation + " that YAML 1.1 reads otherwise: " + yaml);
        }
        try {
            Binder.written(option, yaml);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("has an " + annotation + " that does not bind: " + e.getMessage());
        }
    }

    private static boolean differsInYaml11(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return !scalar.quoted() && isYaml11Special(scalar.text());
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().anyMatch(OptionConformance::differsInYaml11);
        }
        return node instanceof Node.Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(entry -> differsInYaml11(entry.key()) || differsInYaml11(entry.value()));
    }

    private static boolean isYaml11Special(String text) {
        return YAML_1_1_WORDS.contains(text.toLowerCase(Locale.ROOT))
                || YAML_1_1_NUMBER.matcher(text).matches();
    }
}
