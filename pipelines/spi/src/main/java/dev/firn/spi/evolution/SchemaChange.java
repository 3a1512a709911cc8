package dev.firn.spi.evolution;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * One difference between what a table was written with and a schema that comes now, or between the table and that schema. Paths
 * are those of {@link ColumnPath}: {@code lines[].price}, {@code labels{}}; empty for the record itself.
 */
public sealed interface SchemaChange {

    ChangeKind kind();

    /** Where, in the newer schema where the place is there, else in the older. */
    String path();

    /** What was and what is, in a few words. */
    String detail();

    /** What was, where that is a type, a name or a word of its own. */
    default Optional<String> before() {
        return Optional.empty();
    }

    /** What is, where that is a type, a name or a word of its own. */
    default Optional<String> after() {
        return Optional.empty();
    }

    /** A field that the table has no column for. */
    record AddColumn(String path, Column column) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.ADD_COLUMN;
        }

        @Override
        public String detail() {
            return column.type() + (column.isOptional() ? ", optional" : "");
        }

        @Override
        public Optional<String> after() {
            return Optional.of(column.type().toString());
        }
    }

    /** A field that was written before is gone. */
    record DropColumn(String path, ColumnType was) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.DROP_COLUMN;
        }

        @Override
        public String detail() {
            return "was " + was;
        }

        @Override
        public Optional<String> before() {
            return Optional.of(was.toString());
        }
    }

    /** A field has another name, as an alias proves. */
    record RenameColumn(String path, String was) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.RENAME_COLUMN;
        }

        @Override
        public String detail() {
            return "was `" + was + "`";
        }

        @Override
        public Optional<String> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<String> after() {
            return Optional.of(path.substring(path.lastIndexOf('.') + 1));
        }
    }

    /** A type takes more values, and a column can follow it. */
    record WidenType(String path, ColumnType was, ColumnType is) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.WIDEN_TYPE;
        }

        @Override
        public String detail() {
            return was + " -> " + is;
        }

        @Override
        public Optional<String> before() {
            return Optional.of(was.toString());
        }

        @Override
        public Optional<String> after() {
            return Optional.of(is.toString());
        }
    }

    /** A type takes fewer values than it did. */
    record NarrowType(String path, ColumnType was, ColumnType is) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.NARROW_TYPE;
        }

        @Override
        public String detail() {
            return was + " -> " + is;
        }

        @Override
        public Optional<String> before() {
            return Optional.of(was.toString());
        }

        @Override
        public Optional<String> after() {
            return Optional.of(is.toString());
        }
    }

    /** Null may stand where it could not. */
    record MakeOptional(String path) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.MAKE_OPTIONAL;
        }

        @Override
        public String detail() {
            return "null is allowed now";
        }

        @Override
        public Optional<String> before() {
            return Optional.of("required");
        }

        @Override
        public Optional<String> after() {
            return Optional.of("optional");
        }
    }

    /** Null may no longer stand where it could. */
    record MakeRequired(String path) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.MAKE_REQUIRED;
        }

        @Override
        public String detail() {
            return "null is not allowed any more";
        }

        @Override
        public Optional<String> before() {
            return Optional.of("optional");
        }

        @Override
        public Optional<String> after() {
            return Optional.of("required");
        }
    }

    /** An enum has symbols that it did not have. */
    record AddSymbol(String path, List<String> symbols) implements SchemaChange {
        public AddSymbol {
            symbols = List.copyOf(symbols);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.ADD_SYMBOL;
        }

        @Override
        public String detail() {
            return String.join(", ", symbols);
        }

        @Override
        public Optional<String> after() {
            return Optional.of(String.join(", ", symbols));
        }
    }

    /** An enum lacks symbols that it had. */
    record RemoveSymbol(String path, List<String> symbols) implements SchemaChange {
        public RemoveSymbol {
            symbols = List.copyOf(symbols);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.REMOVE_SYMBOL;
        }

        @Override
        public String detail() {
            return String.join(", ", symbols);
        }

        @Override
        public Optional<String> before() {
            return Optional.of(String.join(", ", symbols));
        }
    }

    /** The fields of a record that were there before stand in another order. */
    record Reorder(String path) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.REORDER;
        }

        @Override
        public String detail() {
            return "the fields stand in another order";
        }
    }

    /** A field has what its column can't take, nor be made to take. */
    record Incompatible(String path, String why) implements SchemaChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.INCOMPATIBLE;
        }

        @Override
        public String detail() {
            return why;
        }

        @Override
        public Optional<String> after() {
            return Optional.of(why);
        }
    }
}
