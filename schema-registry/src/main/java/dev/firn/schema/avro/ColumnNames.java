package dev.firn.schema.avro;

import dev.firn.schema.binding.Places;
import dev.firn.spi.schema.ColumnType;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * After whom the columns are named that a writer's schema is bound to. Here after the reader's schema, unless the table still has
 * the old name; a reader's union says which branches there are.
 */
class ColumnNames {

    static final ColumnNames AS_READ = new ColumnNames();

    /** Whether no column takes what stands there, as somebody decided. */
    boolean isLeftOut(String path) {
        return false;
    }

    /** The reader's field for one of the writer's, if there is one. */
    Schema.@Nullable Field known(@Nullable Schema reader, Schema writer, Schema.Field field, Places places) {
        return Resolution.field(reader, writer, field, name -> false);
    }

    /** The column of one of the writer's fields. */
    String column(String field, Schema.@Nullable Field known, Places places) {
        return known == null || !places.has(known.name()) ? field : known.name();
    }

    /** Whether what the writer has a single type for goes to one of several columns. */
    boolean isChoice(@Nullable Schema reader, Schema writer, ColumnType target) {
        return reader != null && Unions.isChoice(reader);
    }

    /** The column of one of the writer's branches. */
    String branch(Schema branch, Optional<Schema> known, Places places) {
        return Unions.columnOf(known.orElse(branch));
    }

    /** After whom those are named that the reader has a default for. */
    ColumnNames ofDefaults() {
        return this;
    }
}
