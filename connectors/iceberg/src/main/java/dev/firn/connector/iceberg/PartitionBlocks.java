package dev.firn.connector.iceberg;

import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lines about splits, put together where they are about neighbouring partitions of one stream and say the same words.
 *
 * @param first the first line's partition; each that follows is one further
 */
record PartitionBlocks<T>(Split first, List<T> lines) {

    private record Key(String source, String stream, String incarnation, Object words) {}

    /** @param words what all lines of a block have in common besides their stream */
    static <T> List<PartitionBlocks<T>> of(List<T> lines, Function<T, Split> splitOf, Function<T, Object> words) {
        Map<Key, List<T>> groups = new LinkedHashMap<>();
        for (T line : lines) {
            Split split = splitOf.apply(line);
            groups.computeIfAbsent(
                            new Key(split.source(), split.stream(), split.incarnation(), words.apply(line)),
                            key -> new ArrayList<>())
                    .add(line);
        }
        List<PartitionBlocks<T>> blocks = new ArrayList<>();
        groups.values().forEach(group -> cut(group, splitOf, blocks));
        return blocks;
    }

    private static <T> void cut(List<T> group, Function<T, Split> splitOf, List<PartitionBlocks<T>> blocks) {
        group.sort(Comparator.comparingInt(line -> splitOf.apply(line).partition()));
        int begin = 0;
        for (int end = 1; end <= group.size(); end++) {
            if (end == group.size() || partition(group, end, splitOf) != partition(group, end - 1, splitOf) + 1) {
                blocks.add(
                        new PartitionBlocks<>(splitOf.apply(group.get(begin)), List.copyOf(group.subList(begin, end))));
                begin = end;
            }
        }
    }

    private static <T> int partition(List<T> group, int index, Function<T, Split> splitOf) {
        return splitOf.apply(group.get(index)).partition();
    }

    /** The partition that far behind the first. */
    static Split neighbour(Split first, int distance) {
        return new Split(first.source(), first.stream(), first.partition() + distance, first.incarnation());
    }
}
