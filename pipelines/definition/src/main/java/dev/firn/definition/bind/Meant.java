package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What an unknown key was probably meant to be.
 *
 * @param option the option beside it that would take what it holds
 * @param fix what to do, in the imperative
 */
public record Meant(String option, String fix) {

    /** Looks among the options that may stand where the key stands, and in what they hold. */
    static Optional<Meant> of(String key, Collection<Option> options, Collection<String> allowed) {
        return Suggestion.nearest(key, allowed)
                .or(() -> byOtherName(key, options))
                .map(word -> new Meant(word, "rename it to `" + word + "`"))
                .or(() -> held(key, options))
                .or(() -> foreign(key, options))
                .or(() -> inside(key, options));
    }

    /** As above, where nothing but the record's options may stand. */
    public static Optional<Meant> of(String key, Class<? extends Record> type) {
        List<Option> options = Option.of(type);
        return of(key, options, options.stream().map(Option::name).toList());
    }

    /** The option that other tools call so. */
    static Optional<String> byOtherName(String key, Collection<Option> options) {
        return options.stream()
                .filter(option -> option.otherNames().stream().anyMatch(name -> Suggestion.isSame(name, key)))
                .map(Option::name)
                .findFirst();
    }

    /** Where a key belongs, if it is an option of the record, or of a mapping in it, that stands in the place. */
    public static Optional<String> under(String place, String key, Class<? extends Record> type) {
        List<Option> options = Option.of(type);
        return options.stream()
                .map(Option::name)
                .filter(name -> Suggestion.isSame(name, key))
                .findFirst()
                .map(name -> "move it to " + place + as(key, name))
                .or(() -> held(key, options).or(() -> inside(key, options)).map(meant -> meant.fix() + " in " + place));
    }

    private static String as(String key, String name) {
        return key.equals(name) ? "" : " as `" + name + "`";
    }

    private static Optional<Meant> held(String key, Collection<Option> options) {
        return options.stream()
                .flatMap(option -> option.held().stream()
                        .filter(name -> Suggestion.isSame(name, key))
                        .map(name -> under(option.name(), key, name)))
                .findFirst();
    }

    private static Optional<Meant> foreign(String key, Collection<Option> options) {
        return key.contains(".")
                ? options.stream()
                        .filter(Option::isOpen)
                        .map(option -> under(option.name(), key, key))
                        .findFirst()
                : Optional.empty();
    }

    /** An option that belongs one level deeper, if there is one such place only. */
    private static Optional<Meant> inside(String key, Collection<Option> options) {
        List<Meant> found = options.stream()
                .flatMap(option -> option.nested().stream()
                        .flatMap(type -> named(key, Option.of(type)).stream())
                        .map(name -> under(option.name(), key, name)))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The option with this name, or that others call so. */
    static Optional<String> named(String key, Collection<Option> options) {
        return options.stream()
                .map(Option::name)
                .filter(name -> Suggestion.isSame(name, key))
                .findFirst()
                .or(() -> byOtherName(key, options));
    }

    private static Meant under(String option, String key, String name) {
        return new Meant(option, "move it under `" + option + ":`" + as(key, name));
    }
}
