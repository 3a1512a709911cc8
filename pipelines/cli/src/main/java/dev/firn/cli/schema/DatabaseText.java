package dev.firn.cli.schema;

import dev.firn.plan.Page;
import dev.firn.schema.infer.jdbc.DatabaseTable;
import java.util.ArrayList;
import java.util.List;

/** What a driver says of a table, for people. */
public final class DatabaseText {

    private DatabaseText() {}

    public static String write(DatabaseTable table) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("column", "type", "null", "declared"));
        cells.addAll(table.rows());
        StringBuilder text = new StringBuilder();
        Page.aligned(cells).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        table.remarks().forEach(remark -> text.append(remark).append('\n'));
        return text.toString().replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
