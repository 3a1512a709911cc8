package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The words of the grammar that say which world a source reads, and how. */
final class SourceWords {

    static final String STARTUP = "startup";

    /** Selectors, whose outcome stands in the plan as streams. */
    static final Set<String> SELECTORS = Set.of("topics", "tables", "exclude");

    private static final Set<String> ADDRESSES =
            Set.of("properties.bootstrap.servers", "hostname", "port", "database", "url");

    private SourceWords() {}

    static boolean isAddress(String setting) {
        return ADDRESSES.contains(setting);
    }

    /** Which registry the ids of schemas count in. */
    static boolean isRegistry(String setting) {
        return setting.equals("format.registry.url") || setting.equals("key.registry.url");
    }

    /** What bytes mean; how the registry is asked is no part of that. */
    static boolean isFormat(String setting) {
        boolean ofBytes = setting.startsWith("format.") || setting.startsWith("key.");
        return ofBytes && !setting.contains(".registry.");
    }

    static boolean isStartup(String setting) {
        return setting.equals(STARTUP);
    }

    static boolean isSelector(String setting) {
        return SELECTORS.contains(setting);
    }

    /** Whether two sources read the same place, as far as the text tells. */
    static boolean areOfOnePlace(Source one, Source other) {
        return one.type().equals(other.type())
                && one.settings()
                        .changes(other.settings(), SourceWords::isAddress)
                        .isEmpty();
    }

    static Predicate<String> others() {
        return setting -> !isAddress(setting)
                && !isRegistry(setting)
                && !isFormat(setting)
                && !isStartup(setting)
                && !isSelector(setting);
    }

    /** What a selector takes in later is read whole. */
    private static boolean isNamed(Source source, String stream) {
        return source.settings()
                .of("topics")
                .map(topics -> Pattern.compile("(?<![\\w.*-])" + Pattern.quote(stream) + "(?![\\w.*-])")
                        .matcher(topics)
                        .find())
                .orElse(true);
    }

    /** Where a stream begins that nobody has read, in words. */
    static String beginning(Source source, String stream) {
        Optional<String> startup = source.settings().of(STARTUP).filter(word -> isNamed(source, stream));
        return startup.map(word -> "`startup: " + word + "`").orElse("its start");
    }
}
