package dev.firn.plan;

import dev.firn.plan.Page.Labelled;
import dev.firn.plan.PlanText.Detail;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.sink.UniqueRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of a plan, one a line: what happens to it, its size, its partitions, where its rows come from. */
record TableLines(List<TablePlan> tables, Detail detail, Origins origins) {

    private static final String INDENT = "    ";
    private static final String BELOW = "      ";

    void write(Page page) {
        List<String> lines = Page.aligned(tables.stream().map(this::cells).toList());
        boolean fits = lines.stream().allMatch(line -> INDENT.length() + line.length() <= Page.COLUMNS);
        List<String> heads = fits
                ? lines
                : Page.aligned(tables.stream()
                        .map(table ->
                                List.of(action(table.action()), table.name().full()))
                        .toList());
        for (int index = 0; index < tables.size(); index++) {
            TablePlan table = tables.get(index);
            page.line(INDENT + heads.get(index));
            if (!fits) {
                page.block(BELOW, wrapped(table));
            }
            if (detail == Detail.VERBOSE) {
                page.block(BELOW, settings(table));
                columns(table).forEach(line -> page.line(BELOW + line));
            }
        }
    }

    private List<String> cells(TablePlan table) {
        List<String> cells =
                new ArrayList<>(List.of(action(table.action()), table.name().full(), size(table), partitions(table)));
        if (tables.stream().anyMatch(any -> !any.sortOrder().isEmpty())) {
            cells.add(table.sortOrder().isEmpty() ? "not sorted" : "sorted by " + String.join(", ", order(table)));
        }
        if (tables.stream().anyMatch(any -> !any.key().isEmpty())) {
            cells.add(table.key().isEmpty() ? "a row a record" : "a row for each " + key(table));
        }
        if (tables.stream().anyMatch(any -> any.unique().isPresent())) {
            cells.add(table.unique().map(TableLines::once).orElse("each row that comes"));
        }
        // Where all commit at every checkpoint, which is what one expects, there is nothing to say.
        if (tables.stream().anyMatch(any -> !any.commits().atEveryCheckpoint())) {
            cells.add("a commit " + table.commits().when());
        }
        cells.add(from(table));
        return cells;
    }

    private List<Labelled> wrapped(TablePlan table) {
        String columns = table.schema()
                .map(schema -> String.valueOf(schema.columns().size()))
                .orElse("unknown");
        List<String> transforms = transforms(table);
        List<Labelled> rows = new ArrayList<>();
        rows.add(Labelled.of("columns", columns));
        rows.add(new Labelled("partitions", transforms.isEmpty() ? List.of("none") : transforms));
        if (!table.sortOrder().isEmpty()) {
            rows.add(new Labelled("sorted by", order(table)));
        }
        if (!table.key().isEmpty()) {
            rows.add(Labelled.of("a row", "for each " + key(table)));
        }
        table.unique().ifPresent(unique -> rows.add(Labelled.of("rows", once(unique))));
        if (!table.commits().atEveryCheckpoint() && detail == Detail.SHORT) {
            rows.add(Labelled.of("commits", table.commits().when()));
        }
        rows.add(new Labelled("from", table.streams()));
        return rows;
    }

    private List<Labelled> settings(TablePlan table) {
        List<Labelled> rows = new ArrayList<>();
        rows.add(Labelled.of("commits", table.commits().when()));
        rows.add(Labelled.of("hold", table.commits().hold()));
        rows.add(EvolutionLines.row(table.evolution()));
        rows.addAll(origins.areKnown() ? origins.ofTable(table.name()) : properties(table));
        return rows;
    }

    private static List<Labelled> properties(TablePlan table) {
        return table.properties().entrySet().stream()
                .map(property -> Labelled.of(
                        "properties." + property.getKey(), ShownText.of(property.getKey(), property.getValue())))
                .toList();
    }

    private static String size(TablePlan table) {
        return table.schema().map(schema -> count(schema.columns().size())).orElse("columns unknown");
    }

    private static String partitions(TablePlan table) {
        return table.partitioning().isEmpty() ? "not partitioned" : String.join(", ", transforms(table));
    }

    private static List<String> transforms(TablePlan table) {
        return table.partitioning().stream().map(Object::toString).toList();
    }

    private static List<String> order(TablePlan table) {
        return table.sortOrder().stream().map(Object::toString).toList();
    }

    private static String once(UniqueRows unique) {
        return "once for each " + String.join(", ", unique.key()) + " within " + OptionsJson.duration(unique.within());
    }

    private static String key(TablePlan table) {
        return String.join(", ", table.key());
    }

    private static String action(TableAction action) {
        return switch (action) {
            case CREATE -> "create";
            case NOTHING -> "is there";
            case UNKNOWN -> "catalog not asked";
        };
    }

    private static String count(int columns) {
        return String.format(Locale.ROOT, "%2d %s", columns, columns == 1 ? "column" : "columns");
    }

    private static String from(TablePlan table) {
        return "from " + String.join(", ", table.streams());
    }

    private static List<String> columns(TablePlan table) {
        List<List<String>> rows = new ArrayList<>();
        table.schema().ifPresent(schema -> addRows(rows, "", schema.columns()));
        return Page.aligned(rows);
    }

    private static void addRows(List<List<String>> rows, String indent, List<Column> columns) {
        for (Column column : columns) {
            rows.add(List.of(indent + column.name(), word(column.type()), column.isOptional() ? "" : "required"));
            addRows(rows, indent + "  ", inside(column.type()));
        }
    }

    /** A type without the fields of its structs, which get lines of their own. */
    private static String word(ColumnType type) {
        if (type instanceof ColumnType.Struct) {
            return "struct";
        }
        if (type instanceof ColumnType.ListOf list) {
            return "list<" + word(list.element()) + ">";
        }
        return type instanceof ColumnType.MapOf map ? "map<string, " + word(map.value()) + ">" : type.toString();
    }

    private static List<Column> inside(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return struct.columns();
        }
        if (type instanceof ColumnType.ListOf list) {
            return inside(list.element());
        }
        return type instanceof ColumnType.MapOf map ? inside(map.value()) : List.of();
    }
}
