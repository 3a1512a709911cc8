package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.TableEdit;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.jspecify.annotations.Nullable;

/**
 * Edits in Iceberg's words. What is done to columns that are there goes first and in one new schema, what is added in another:
 * a column may take the name that an older one has given up.
 */
final class TableEdits {

    private TableEdits() {}

    /** @throws IllegalStateException if a column that an edit names is not there */
    static void requireColumns(Schema schema, List<TableEdit> edits) {
        for (TableEdit edit : edits) {
            int id = id(edit);
            if (id != TableEdit.TABLE && schema.findField(id) == null) {
                throw new IllegalStateException("our bug: an edit of a column that is not there: " + edit);
            }
        }
    }

    /** Throws what Iceberg throws where the table can't be changed so. */
    static void make(Transaction transaction, List<TableEdit> edits) {
        commit(
                transaction,
                edits.stream()
                        .filter(edit -> !(edit instanceof TableEdit.AddColumn))
                        .toList());
        commit(
                transaction,
                edits.stream()
                        .filter(edit -> edit instanceof TableEdit.AddColumn)
                        .toList());
    }

    private static void commit(Transaction transaction, List<TableEdit> edits) {
        if (edits.isEmpty()) {
            return;
        }
        Schema schema = transaction.table().schema();
        UpdateSchema update = transaction.updateSchema();
        edits.forEach(edit -> make(update, schema, edit));
        update.commit();
    }

    private static void make(UpdateSchema update, Schema schema, TableEdit edit) {
        if (edit instanceof TableEdit.AddColumn add) {
            update.addColumn(
                    nameOrNull(schema, add.parent()),
                    add.column().name(),
                    IcebergTypes.typeOf(add.column().type()));
        } else if (edit instanceof TableEdit.WidenType widen) {
            update.updateColumn(
                    schema.findColumnName(widen.id()),
                    IcebergTypes.typeOf(widen.to()).asPrimitiveType());
        } else if (edit instanceof TableEdit.MakeOptional optional) {
            update.makeColumnOptional(schema.findColumnName(optional.id()));
        } else if (edit instanceof TableEdit.RenameColumn rename) {
            update.renameColumn(schema.findColumnName(rename.id()), rename.to());
        } else if (edit instanceof TableEdit.DropColumn drop) {
            update.deleteColumn(schema.findColumnName(drop.id()));
        }
    }

    /** Iceberg's word for the table itself is null. */
    private static @Nullable String nameOrNull(Schema schema, int parent) {
        return parent == TableEdit.TABLE ? null : schema.findColumnName(parent);
    }

    private static int id(TableEdit edit) {
        if (edit instanceof TableEdit.AddColumn add) {
            return add.parent();
        }
        if (edit instanceof TableEdit.WidenType widen) {
            return widen.id();
        }
        if (edit instanceof TableEdit.MakeOptional optional) {
            return optional.id();
        }
        return edit instanceof TableEdit.RenameColumn rename ? rename.id() : ((TableEdit.DropColumn) edit).id();
    }
}
