package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Changes of a schema in a line for people, which a table keeps or a record carries: never a long one. */
final class SchemaWords {

    private static final int MOST_CHANGES = 20;
    private static final int MOST_OF_ONE = 200;

    private SchemaWords() {}

    /** {@code add-column note (string, optional): apply; reorder: apply}. */
    static String of(List<Decided> decided) {
        String words = decided.stream().limit(MOST_CHANGES).map(SchemaWords::of).collect(Collectors.joining("; "));
        int more = decided.size() - MOST_CHANGES;
        return more > 0 ? words + "; and " + more + " more" : words;
    }

    private static String of(Decided decided) {
        SchemaChange change = decided.change();
        String place = change.path().isEmpty() ? "" : " " + change.path();
        String words = change.kind().word() + place + " (" + change.detail() + ")";
        return shortened(words) + ": "
                + decided.decision().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shortened(String words) {
        return words.length() <= MOST_OF_ONE ? words : words.substring(0, MOST_OF_ONE - 3) + "...";
    }
}
