package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table still has a column of before, which the file takes out of records by now. */
class ColumnsTakenAwayTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column NOTE = Column.optional("note", Primitive.STRING);

    /** The newest version says what older rows would have had. */
    private final Versions versions =
            new Versions(new Column[] {ID}).add(Map.of(), ID, NOTE).withDefault("note", "none");

    private static final RowShape DROPPED =
            new RowShape(List.of(), List.of("note"), List.of(), new TableSchema(List.of(ID, NOTE)));
    private static final RowShape RENAMED = new RowShape(
            List.of(), List.of(), List.of(new RowShape.Renamed("note", "remark")), new TableSchema(List.of(ID, NOTE)));
    private static final RowShape COMPUTED_AND_RENAMED = new RowShape(
            List.of(new RowShape.Computed("note", "upper(note)")),
            List.of(),
            List.of(new RowShape.Renamed("note", "remark")),
            new TableSchema(List.of(ID, NOTE)));

    private Object decoded(RowShape shape, int version, Column note, Object... values) throws Rejected {
        FormatReader reader = RuledReader.of(
                versions,
                "orders",
                new RowRules(
                        null,
                        List.of(),
                        ShapedColumns.planned(shape, shape.columns()).schema(),
                        shape));
        WriterSchema written = reader.written(version).orElseThrow();
        Map<String, String> columns = new HashMap<>();
        written.fields().forEach(path -> columns.put(path, path));
        List<Column> table = new ArrayList<>(written.columns().columns());
        table.add(note);
        WriterView view = WriterView.of(new TableSchema(table), written, columns);
        return reader.decoder(version, view, LISTS).decode(versions.record(values));
    }

    @Test
    void itIsNullAndHasNoDefaultEither() throws Rejected {
        assertThat(decoded(DROPPED, 0, NOTE, 1L)).isEqualTo(Arrays.asList(1L, null));
        assertThat(decoded(DROPPED, 1, NOTE, 1L, "secret")).isEqualTo(Arrays.asList(1L, null));
        assertThat(decoded(RENAMED, 1, NOTE, 1L, "said")).isEqualTo(Arrays.asList(1L, "said", null));
        assertThat(decoded(COMPUTED_AND_RENAMED, 1, NOTE, 1L, "said")).isEqualTo(Arrays.asList(1L, "SAID", null));
    }

    @Test
    void whereTheTableRequiresItNoRecordGoesThere() {
        Column required = Column.required("note", Primitive.STRING);

        for (RowShape shape : List.of(DROPPED, RENAMED)) {
            Rejected rejected = catchThrowableOfType(Rejected.class, () -> decoded(shape, 1, required, 1L, "secret"));

            assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
            assertThat(rejected.reason()).isEqualTo("the table requires `note`, which the file takes out of records");
        }
    }
}
