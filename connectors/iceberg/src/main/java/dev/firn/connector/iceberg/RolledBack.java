package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark that a table was taken back from a version of a subject: a property of the table, one a version, such as {@code orders-value
 * 2 -> 1}. As long as it stands, the pipeline's records of that version do not come to the table.
 *
 * @param version what the registry counts it as, or its fingerprint
 * @param to the version that the table was taken back to
 */
record RolledBack(String subject, String version, String to) {

    private static final Pattern PROPERTY = Pattern.compile("firn\\.(.+)\\.rolled-back\\.([0-9a-f]{16})");
    private static final Pattern TEXT = Pattern.compile("(.*) (\\S+) -> (\\S+)");

    static String property(String pipeline, String fingerprint) {
        return "firn." + pipeline + ".rolled-back." + fingerprint;
    }

    /** Those of one pipeline, by the fingerprints of the versions. */
    static SortedMap<String, RolledBack> in(Map<String, String> properties, String pipeline) {
        SortedMap<String, RolledBack> marks = new TreeMap<>();
        properties.forEach((property, text) -> {
            Matcher matcher = PROPERTY.matcher(property);
            if (matcher.matches() && matcher.group(1).equals(pipeline)) {
                marks.put(matcher.group(2), read(text, matcher.group(2)));
            }
        });
        return marks;
    }

    /** A text that somebody has written by hand holds its version back just as well. */
    private static RolledBack read(String text, String fingerprint) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? new RolledBack(matcher.group(1), matcher.group(2), matcher.group(3))
                : new RolledBack("", fingerprint, text);
    }

    String text() {
        return subject + " " + version + " -> " + to;
    }

    Optional<String> subjectName() {
        return Optional.of(subject).filter(name -> !name.isEmpty());
    }

    /** Why a record does not go to the table, and what lets it. */
    String words(TableName table) {
        return "table `" + table + "` was taken back from version " + version + " of `" + subject
                + "`, the record's, to version " + to
                + ": `firn schema rollback --undo` lets it go on, and so does a version that is registered from now on";
    }
}
