package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A binding as a table property: {@code 1-14,20,-,15}. The ids stand in the order of the places of the writer's schema, which
 * whoever reads them must have; {@code -} stands for a field that is left out. A property may hold 4,000 characters where a Hive
 * metastore keeps it, and nearly all ids count up.
 */
final class BindingText {

    private static final String LEFT_OUT = "-";
    private static final int NONE = 0;

    /** So that a text that somebody has written does not fill the memory. */
    private static final int MOST_PLACES = 100_000;

    private static final Pattern IDS = Pattern.compile("([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?");

    private BindingText() {}

    static String write(WriterSchema writer, SchemaBinding binding) {
        List<String> parts = new ArrayList<>();
        int first = NONE;
        int last = NONE;
        for (String path : ColumnPath.places(writer.columns()).keySet()) {
            int id = binding.columns().getOrDefault(path, NONE);
            if (first != NONE && id == last + 1) {
                last = id;
                continue;
            }
            addRange(parts, first, last);
            first = id;
            last = id;
            if (id == NONE) {
                parts.add(LEFT_OUT);
            }
        }
        addRange(parts, first, last);
        return String.join(",", parts);
    }

    private static void addRange(List<String> parts, int first, int last) {
        if (first != NONE) {
            parts.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
    }

    /** Empty where the text is not one of that schema. */
    static Optional<SchemaBinding> read(WriterSchema writer, String text) {
        List<String> paths = List.copyOf(ColumnPath.places(writer.columns()).keySet());
        List<Integer> ids = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!read(part, paths.size(), ids)) {
                return Optional.empty();
            }
        }
        if (ids.size() != paths.size()) {
            return Optional.empty();
        }
        SortedMap<String, Integer> columns = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) != NONE) {
                columns.put(paths.get(i), ids.get(i));
            }
        }
        return Optional.of(new SchemaBinding(columns));
    }

    /** The ids in a text of whatever schema; none where it is no such text. */
    static Set<Integer> ids(String text) {
        List<Integer> ids = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!read(part, MOST_PLACES, ids)) {
                return Set.of();
            }
        }
        Set<Integer> bound = new TreeSet<>(ids);
        bound.remove(NONE);
        return bound;
    }

    private static boolean read(String part, int most, List<Integer> ids) {
        if (part.equals(LEFT_OUT)) {
            return ids.add(NONE);
        }
        Matcher range = IDS.matcher(part);
        if (!range.matches()) {
            return false;
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        for (int id = first; id <= last && ids.size() <= most; id++) {
            ids.add(id);
        }
        return first <= last;
    }
}
