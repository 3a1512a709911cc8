package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of at least fifteen changes, whose versions come in any order. */
class RandomHistoriesTest {

    private static final int CHANGES = 15;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("firn.histories", 200));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTableIsTheJoinOfWhatWasSeenWhateverCameFirst(long seed) {
        History history = History.of(seed, CHANGES);
        Random random = new Random(seed);
        List<Integer> seen =
                new ArrayList<>(IntStream.range(0, history.versions().size())
                        .filter(version -> random.nextInt(4) > 0)
                        .boxed()
                        .toList());
        int first = random.nextInt(history.versions().size());
        seen.remove(Integer.valueOf(first));
        Map<String, String> expected = new TreeMap<>();
        for (int order = 0; order < 4; order++) {
            Collections.shuffle(seen, random);
            EditedTable table = EditedTable.madeOf(history.versions().get(first));
            for (int version : seen) {
                Verdict verdict = table.meet(Policy.joining(), new SchemaLineage(history.versions(), version));
                assertThat(verdict).as("version %s after %s", version, seen).isInstanceOf(Verdict.Accepted.class);
            }
            List<Integer> all = new ArrayList<>(seen);
            all.add(first);
            assertEveryFieldHasItsColumn(history, table, all);
            Map<String, String> places = places(table);
            if (order == 0) {
                expected.putAll(places);
            }
            assertThat(places)
                    .as("in the order %s of a table made of %s", seen, first)
                    .isEqualTo(expected);
        }
    }

    /** As a plan makes a table before a row comes: nothing is bound to its columns until a row of that version does. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theTableIsTheSameWhetherTheVersionThatItWasMadeOfComesFirstOrLast(long seed) {
        History history = History.of(seed, CHANGES);
        int newest = history.versions().size() - 1;
        List<Integer> others =
                new ArrayList<>(IntStream.range(0, newest).boxed().toList());
        Collections.shuffle(others, new Random(seed));
        List<Integer> first = new ArrayList<>(List.of(newest));
        first.addAll(others);
        List<Integer> last = new ArrayList<>(others);
        last.add(newest);
        List<Map<String, String>> places = new ArrayList<>();
        for (List<Integer> order : List.of(first, last)) {
            EditedTable table = EditedTable.unknown(history.versions().get(newest));
            for (int version : order) {
                Verdict verdict = table.meet(Policy.joining(), new SchemaLineage(history.versions(), version));
                assertThat(verdict).as("version %s of %s", version, order).isInstanceOf(Verdict.Accepted.class);
            }
            assertEveryFieldHasItsColumn(history, table, order);
            places.add(places(table));
        }
        assertThat(places.get(1)).as("in the order %s", last).isEqualTo(places.get(0));
    }

    /** A field has the same column in every version, no other field has it, and it takes every value. */
    private static void assertEveryFieldHasItsColumn(History history, EditedTable table, List<Integer> seen) {
        Map<Integer, Integer> columns = new HashMap<>();
        Map<String, ColumnPath.Place> tablePlaces =
                ColumnPath.places(table.state().columns());
        Map<Integer, String> paths = new HashMap<>();
        table.state().ids().forEach((path, id) -> paths.put(id, path));
        for (int version : seen) {
            Map<String, Integer> bound =
                    table.binding(history.versions().get(version)).columns();
            Map<String, ColumnPath.Place> written =
                    ColumnPath.places(history.versions().get(version).columns());
            assertThat(bound.keySet()).isEqualTo(written.keySet());
            for (Map.Entry<String, Integer> field : history.numbers(version).entrySet()) {
                String path = field.getKey();
                Integer id = bound.get(path);
                assertThat(columns.merge(field.getValue(), there(id), (before, now) -> before))
                        .as("the column of `%s` in version %s", path, version)
                        .isEqualTo(id);
                ColumnPath.Place place = there(tablePlaces.get(there(paths.get(id))));
                ColumnPath.Place from = there(written.get(path));
                assertThat(takes(place.type(), from.type()))
                        .as("`%s` of version %s goes into %s", path, version, place)
                        .isTrue();
                assertThat(place.isOptional() || !from.isOptional())
                        .as("`%s` of version %s may be null in %s", path, version, place)
                        .isTrue();
            }
        }
        assertThat(columns.values()).as("no two fields share a column").doesNotHaveDuplicates();
    }

    private static <T> T there(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow(() -> new AssertionError("it is not there"));
    }

    private static boolean takes(ColumnType column, ColumnType values) {
        if (column instanceof ColumnType.Primitive || column instanceof ColumnType.Decimal) {
            return Widening.isLossless(values, column);
        }
        return column.getClass().equals(values.getClass());
    }

    /** What stands where, whatever its id and its place among the others. */
    private static Map<String, String> places(EditedTable table) {
        Map<String, String> places = new TreeMap<>();
        ColumnPath.places(table.state().columns())
                .forEach((path, place) -> places.put(
                        path,
                        (place.type() instanceof ColumnType.Struct
                                                || place.type() instanceof ColumnType.ListOf
                                                || place.type() instanceof ColumnType.MapOf
                                        ? place.type().getClass().getSimpleName()
                                        : place.type().toString())
                                + " " + place.nullability()));
        return places;
    }
}
