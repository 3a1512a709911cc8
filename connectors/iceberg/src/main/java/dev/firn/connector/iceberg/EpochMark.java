package dev.firn.connector.iceberg;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a table's property says of a pipeline's last commit. Other than a snapshot's summary it survives the expiry of
 * snapshots; other than the snapshot it does not go away when the table is rolled back, so it names the snapshot.
 *
 * @param sequence the snapshot's sequence number as far as known before the commit: never more than the real one
 * @param ledger that counts the epochs
 */
record EpochMark(long epoch, long run, long snapshot, long sequence, LedgerId ledger) {

    /** Of a table that was just made, for 0, or made anew: counts as one whose snapshot has expired. */
    static EpochMark withoutSnapshot(long epoch, LedgerId ledger) {
        return new EpochMark(epoch, 0, 0, 0, ledger);
    }

    static EpochMark parse(String text) {
        Map<String, String> parts = Arrays.stream(text.split(";", -1))
                .map(part -> part.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
        return new EpochMark(
                Long.parseLong(parts.getOrDefault("epoch", "")),
                Long.parseLong(parts.getOrDefault("run", "")),
                Long.parseLong(parts.getOrDefault("snapshot", "")),
                Long.parseLong(parts.getOrDefault("sequence", "")),
                new LedgerId(parts.getOrDefault("ledger", ""), parts.getOrDefault("at", "")));
    }

    String text() {
        return "epoch=" + epoch + ";run=" + run + ";snapshot=" + snapshot + ";sequence=" + sequence + ";ledger="
                + ledger.uuid() + (ledger.table().isEmpty() ? "" : ";at=" + ledger.table());
    }
}
