package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.TableSchema;
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
 *
 * <p>Tags stand behind a semicolon, {@code 1-14;21-22}: a file that begins to tag, or no longer does, finds what it has bound.
 */
final class BindingText {

    private static final String LEFT_OUT = "-";
    private static final String TAGS = ";";
    private static final int NONE = 0;

    /** So that a text that somebody has written does not fill the memory. */
    private static final int MOST_PLACES = 100_000;

    private static final Pattern IDS = Pattern.compile("([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?");

    private BindingText() {}

    static String write(WriterSchema writer, SchemaBinding binding) {
        String own = write(places(writer.untagged()), binding);
        return writer.tags().isEmpty() ? own : own + TAGS + write(tagPlaces(writer), binding);
    }

    private static List<String> places(TableSchema columns) {
        return List.copyOf(ColumnPath.places(columns).keySet());
    }

    private static List<String> tagPlaces(WriterSchema writer) {
        List<String> places = places(writer.columns());
        return places.subList(places(writer.untagged()).size(), places.size());
    }

    private static String write(List<String> places, SchemaBinding binding) {
        List<String> parts = new ArrayList<>();
        int first = NONE;
        int last = NONE;
        for (String path : places) {
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

    /** Whether it was decided where the schema's tags go, or that they are left out. */
    static boolean hasTags(WriterSchema writer, String text) {
        return writer.tags().isEmpty() || text.contains(TAGS);
    }

    /** Empty where the text is not one of that schema. Tags that it does not know are left out. */
    static Optional<SchemaBinding> read(WriterSchema writer, String text) {
        String[] parts = text.split(TAGS, 2);
        SortedMap<String, Integer> columns = new TreeMap<>();
        boolean isRead = read(places(writer.untagged()), parts[0], columns)
                && (parts.length == 1 || writer.tags().isEmpty() || read(tagPlaces(writer), parts[1], columns));
        return isRead ? Optional.of(new SchemaBinding(columns)) : Optional.empty();
    }

    private static boolean read(List<String> paths, String text, SortedMap<String, Integer> columns) {
        List<Integer> ids = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!read(part, paths.size(), ids)) {
                return false;
            }
        }
        if (ids.size() != paths.size()) {
            return false;
        }
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) != NONE) {
                columns.put(paths.get(i), ids.get(i));
            }
        }
        return true;
    }

    /** The ids in a text of whatever schema; none where it is no such text. */
    static Set<Integer> ids(String text) {
        List<Integer> ids = new ArrayList<>();
        for (String part : text.replace(TAGS, ",").split(",", -1)) {
            if (!read(part, MOST_PLACES, ids)) {
                return Set.of();
            }
        }
        Set<Integer> bound = new TreeSet<>(ids);
        bound.remove(NONE);
        return bound;
    }

    /** Those of tags alone. */
    static Set<Integer> tagIds(String text) {
        String[] parts = text.split(TAGS, 2);
        return parts.length == 1 ? Set.of() : ids(parts[1]);
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
