package dev.firn.it.testing.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.it.testing.schemas.SchemaHistory;
import dev.firn.spi.format.Rejected;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;

/** A random history, written in two orders into two tables. */
public record HistoryTrial(
        long seed, SchemaHistory history, HistoryLake.Written growing, HistoryLake.Written shuffled) {

    private static final int CHANGES = 15;

    public static HistoryTrial of(HistoryLake lake, long seed) throws Rejected {
        SchemaHistory history = SchemaHistory.of(seed, CHANGES);
        return new HistoryTrial(seed, history, lake.growing(history, seed), lake.shuffled(history, seed));
    }

    /** Every row with its values under the names of now, every column of every time still there, and both tables alike. */
    public void assertWhole() {
        for (HistoryLake.Written written : List.of(growing, shuffled)) {
            assertThat(Difference.of(Rows.of(written.table()), written.rows()))
                    .as("rows of %s, seed %d", written.table().folder(), seed)
                    .isEqualTo(Difference.NONE);
            Table table = written.table().table();
            for (Schema before : table.schemas().values()) {
                assertThat(TypeUtil.indexById(table.schema().asStruct()).keySet())
                        .as("columns of %s, seed %d", written.table().folder(), seed)
                        .containsAll(TypeUtil.indexById(before.asStruct()).keySet());
            }
        }
        assertThat(places(shuffled)).as("seed %d", seed).isEqualTo(places(growing));
    }

    /** What somebody else has read of both tables, by their metadata files. */
    public void assertReadAlike(Map<Path, List<JsonNode>> read) {
        for (HistoryLake.Written written : List.of(growing, shuffled)) {
            List<String> rows = read.getOrDefault(written.metadata(), List.of()).stream()
                    .map(Rows::canonical)
                    .toList();
            assertThat(Difference.of(rows, written.rows()))
                    .as("rows of %s as somebody else reads them, seed %d", written.metadata(), seed)
                    .isEqualTo(Difference.NONE);
        }
    }

    /** How many rows both tables have. */
    public long rows() {
        return (long) growing.rows().size() + shuffled.rows().size();
    }

    /** What stands where, whatever its id and its place among the others. */
    private static Map<String, String> places(HistoryLake.Written written) {
        Map<String, String> places = new TreeMap<>();
        Schema schema = written.table().table().schema();
        TypeUtil.indexById(schema.asStruct()).forEach((id, field) -> {
            Type type = field.type();
            places.put(
                    schema.findColumnName(id),
                    (type.isPrimitiveType() ? type.toString() : type.typeId().name())
                            + (field.isOptional() ? "" : "!"));
        });
        return places;
    }
}
