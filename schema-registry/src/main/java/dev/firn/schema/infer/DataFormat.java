package dev.firn.schema.infer;

import java.util.Optional;
import java.util.regex.Pattern;

/** What files with data can be. */
public enum DataFormat {
    JSON,
    CSV,
    PARQUET;

    private static final Pattern JSON_NAME = Pattern.compile(".*\\.(json|jsonl|ndjson)");
    private static final Pattern CSV_NAME = Pattern.compile(".*\\.(csv|tsv)");

    /** By the ending of a file's name, in lower case. */
    static Optional<DataFormat> of(String name) {
        if (JSON_NAME.matcher(name).matches()) {
            return Optional.of(JSON);
        }
        if (CSV_NAME.matcher(name).matches()) {
            return Optional.of(CSV);
        }
        return name.endsWith(".parquet") ? Optional.of(PARQUET) : Optional.empty();
    }
}
