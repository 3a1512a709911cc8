package dev.firn.cli.quarantine;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands: {@code orders-0@3889}, or {@code kafka/orders-0@3889} where several sources have a stream of that name.
 *
 * @param source empty where nobody says it
 */
public record RecordPlace(Optional<String> source, String stream, int partition, long position) {

    private static final Pattern WORD = Pattern.compile("(?:([^/@]+)/)?([^@]+)-([0-9]{1,9})@([0-9]{1,18})");

    public static Optional<RecordPlace> parse(String word) {
        Matcher matcher = WORD.matcher(word);
        return matcher.matches()
                ? Optional.of(new RecordPlace(
                        Optional.ofNullable(matcher.group(1)),
                        matcher.group(2),
                        Integer.parseInt(matcher.group(3)),
                        Long.parseLong(matcher.group(4))))
                : Optional.empty();
    }

    public static String of(QuarantinedRow row) {
        return row.record().split() + "@" + row.record().position();
    }

    public boolean isOf(RawRecord record) {
        return record.position() == position
                && record.split().partition() == partition
                && record.split().stream().equals(stream)
                && source.map(record.split().source()::equals).orElse(true);
    }

    @Override
    public String toString() {
        return source.map(name -> name + "/").orElse("") + stream + "-" + partition + "@" + position;
    }
}
