package dev.firn.definition.table;

import dev.firn.definition.bind.Option;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * What can be decided about one kind of change, as the grammar's record declares it.
 *
 * @param option the kind's own; its name is the kind's word
 * @param usual what is done where the file says nothing
 * @param because why that is safe
 */
public record EvolutionRule(Option option, Decision usual, String because) {

    /** Read from the grammar's record once: that is slow, and each table is asked about. */
    private static final class Declared {
        private static final List<EvolutionRule> RULES = read();
    }

    /** One for each kind, in the order of the grammar. */
    public static List<EvolutionRule> all() {
        return Declared.RULES;
    }

    private static List<EvolutionRule> read() {
        return Option.of(SchemaEvolutionOptions.class).stream()
                .filter(option -> option.declared().isAnnotationPresent(Presets.class))
                .map(option -> new EvolutionRule(
                        option,
                        Decision.of(option.usual().orElseThrow(() -> incomplete(option))),
                        annotation(option, Because.class).value()))
                .toList();
    }

    public String kind() {
        return option.name();
    }

    /** The decisions that mean something for the kind, in the order of the grammar. */
    public List<Decision> allowed() {
        return option.words().stream().map(Decision::of).toList();
    }

    public Decision of(Preset preset) {
        Presets presets = annotation(option, Presets.class);
        return switch (preset) {
            case EVOLVE -> presets.evolve();
            case TRY_EVOLVE -> presets.tryEvolve();
            case LENIENT -> presets.lenient();
            case IGNORE -> presets.ignore();
            case EXCEPTION -> Decision.FAIL;
        };
    }

    /** What the file says about the kind. */
    public Optional<Decision> said(SchemaEvolutionOptions options) {
        try {
            return ((Optional<?>) option.declared().getAccessor().invoke(options)).map(Decision.class::cast);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("our bug: `" + kind() + "` can't be read", e);
        }
    }

    private static <A extends Annotation> A annotation(Option option, Class<A> type) {
        return Optional.ofNullable(option.declared().getAnnotation(type)).orElseThrow(() -> incomplete(option));
    }

    private static IllegalStateException incomplete(Option option) {
        return new IllegalStateException("our bug: `" + option.name() + "` lacks a default, a reason or presets");
    }
}
