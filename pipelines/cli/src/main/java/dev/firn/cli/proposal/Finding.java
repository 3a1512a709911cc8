package dev.firn.cli.proposal;

import java.util.List;

/**
 * One thing that a table's entry may say.
 *
 * @param option as in the grammar, such as {@code partition-by}
 * @param value as YAML
 * @param why a sentence each
 */
public record Finding(String option, String value, List<String> why) {

    public Finding {
        why = List.copyOf(why);
    }
}
