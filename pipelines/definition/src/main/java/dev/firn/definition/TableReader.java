package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Names;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;

/** Binds {@code tables:}. */
record TableReader(Sections sections) {

    private static final String EXPECTATION =
            "a list of mappings such as `{table: sales.orders, partition-by: day(placed_at)}`";

    List<Bound<TableOptions>> read() {
        return sections.optional("tables").stream()
                .flatMap(node -> sections.entries(node, "tables", EXPECTATION, TableOptions.class).stream())
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Bound<TableOptions>> read(Node.Mapping table) {
        Diagnostics here = sections.at("tables", table, "table");
        Sections.plainText(table, "table").ifPresent(text -> RouteReader.selector("table", text, here)
                .flatMap(Selector::literal)
                .filter(literal -> !Names.isTableName(literal))
                .ifPresent(literal -> here.report(invalidTableName("table", text))));
        return Binder.bind(table, TableOptions.class, here);
    }

    static Diagnostic invalidTableName(String option, Node.Scalar text) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.INVALID_TABLE_NAME,
                        text.span(),
                        "option `" + option + "` is no table name: `" + text.text() + "`")
                .expecting(Names.TABLE_NAME);
        String plain = text.text()
                .replaceAll("[`\"']", "")
                .replace('/', '.')
                .replaceAll("\\{(stream|topic|table|name)\\}", "\\$stream");
        if (Names.isTableName(plain.replace("$", ""))) {
            return diagnostic.fixedBy("write `" + plain + "`");
        }
        return Names.isTableName("sales." + text.text().replace("$", ""))
                ? diagnostic.fixedBy("put the namespace before it, `sales." + text.text() + "`, for example")
                : diagnostic;
    }
}
