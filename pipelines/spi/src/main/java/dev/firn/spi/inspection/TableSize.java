package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.util.List;

/**
 * Where a table's bytes are; each file counts once.
 *
 * @param shares in the order in which they are shown
 */
public record TableSize(TableName table, List<Share> shares) {

    /** What files are for. */
    public enum Kind {
        DATA("data files of now"),
        DELETES("delete files of now"),
        HISTORY("files of older snapshots only"),
        MANIFESTS("manifests"),
        MANIFEST_LISTS("manifest lists"),
        METADATA("metadata files"),
        STATISTICS("statistics");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public record Share(Kind kind, long files, long bytes) {}

    public TableSize {
        shares = List.copyOf(shares);
    }

    public long bytes() {
        return shares.stream().mapToLong(Share::bytes).sum();
    }

    public long files() {
        return shares.stream().mapToLong(Share::files).sum();
    }
}
