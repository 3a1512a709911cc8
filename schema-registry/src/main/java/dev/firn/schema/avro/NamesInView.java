package dev.firn.schema.avro;

import dev.firn.schema.binding.Places;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.ColumnType;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Columns that are named after the writer's schema. The reader's says nothing but what stands in those that the writer lacks; they
 * are called as in the table behind a mark, and so is all that is in them.
 */
final class NamesInView extends ColumnNames {

    private static final ColumnNames DEFAULTS = new ColumnNames() {
        @Override
        String column(String field, Schema.@Nullable Field known, Places places) {
            return marked(super.column(field, known, places), places);
        }

        @Override
        String branch(Schema branch, Optional<Schema> known, Places places) {
            return marked(super.branch(branch, known, places), places);
        }

        private static String marked(String name, Places places) {
            return places.has(name) ? name : WriterView.lacking(name);
        }
    };

    private final Set<String> leftOut;

    NamesInView(Set<String> leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    boolean isLeftOut(String path) {
        return leftOut.contains(path);
    }

    /** A field of the reader's is the writer's of that name only where the table has no other column that is called so. */
    @Override
    Schema.@Nullable Field known(@Nullable Schema reader, Schema writer, Schema.Field field, Places places) {
        return Resolution.field(reader, writer, field, name -> places.has(WriterView.lacking(name)));
    }

    @Override
    String column(String field, Schema.@Nullable Field known, Places places) {
        return field;
    }

    /** The table says so: a single value that is no record has no other way into a struct. */
    @Override
    boolean isChoice(@Nullable Schema reader, Schema writer, ColumnType target) {
        AvroKind kind = AvroKind.of(Unions.withoutNull(writer));
        return target instanceof ColumnType.Struct && kind != AvroKind.RECORD && kind != AvroKind.DURATION;
    }

    /** A single type has none, and the columns of the reader's union keep their names. */
    @Override
    String branch(Schema branch, Optional<Schema> known, Places places) {
        String own = Unions.columnOf(branch);
        return places.has(own) ? own : known.map(Unions::columnOf).orElse(own);
    }

    @Override
    ColumnNames ofDefaults() {
        return DEFAULTS;
    }
}
