package dev.firn.connector.iceberg;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the catalog's properties as they stand in the file; a value that is a reference can't be judged and passes. */
final class CatalogCheck {

    private static final List<String> TYPES = List.of("hadoop", "hive", "jdbc", "rest");

    private final Bound<?> component;
    private final Map<String, Text> catalog;
    private final Diagnostics diagnostics;

    CatalogCheck(Bound<?> component, Diagnostics diagnostics) {
        this.component = component;
        this.catalog = ((IcebergOptions) component.options()).catalog();
        this.diagnostics = diagnostics;
    }

    void run() {
        boolean ownClass = catalog.containsKey(CatalogSettings.CATALOG_CLASS);
        Optional<String> type = raw(CatalogSettings.TYPE);
        if (type.isEmpty()) {
            if (!ownClass) {
                diagnostics.report(
                        Diagnostic.error(IcebergCode.MISSING_CATALOG_TYPE, catalogSpan(), "the catalog has no `type`")
                                .expecting("`type: " + String.join("`, `type: ", TYPES)
                                        + "`, or `catalog-impl` with the name of a class"));
            }
            return;
        }
        if (ownClass) {
            diagnostics.report(Diagnostic.error(
                            IcebergCode.AMBIGUOUS_CATALOG_TYPE,
                            span(CatalogSettings.CATALOG_CLASS),
                            "the catalog has both `type` and `catalog-impl`")
                    .fixedBy("remove one of them"));
            return;
        }
        if (!References.standIn(type.get())) {
            known(type.get());
        }
    }

    private void known(String type) {
        switch (type) {
            case "hadoop" -> {
                needs(CatalogSettings.WAREHOUSE, IcebergCode.MISSING_WAREHOUSE, type);
                raw(CatalogSettings.WAREHOUSE).flatMap(Warehouse::unsafeScheme).ifPresent(this::unsafe);
            }
            case "jdbc" -> {
                needs(CatalogSettings.URI, IcebergCode.MISSING_CATALOG_URI, type);
                needs(CatalogSettings.WAREHOUSE, IcebergCode.MISSING_WAREHOUSE, type);
            }
            case "rest" -> needs(CatalogSettings.URI, IcebergCode.MISSING_CATALOG_URI, type);
            case "hive" -> {
                // Both may stand in Hive's own hive-site.xml.
            }
            default -> unknown(type);
        }
    }

    private void needs(String key, IcebergCode code, String type) {
        if (raw(key).filter(value -> !value.isBlank()).isEmpty()) {
            diagnostics.report(Diagnostic.error(
                    code, catalogSpan(), "a catalog of type `" + type + "` needs `" + key + "`, and there is none"));
        }
    }

    private void unsafe(String scheme) {
        diagnostics.report(Diagnostic.error(
                        IcebergCode.UNSAFE_WAREHOUSE, span(CatalogSettings.WAREHOUSE), Warehouse.complaint(scheme))
                .fixedBy("use a `rest`, `jdbc` or `hive` catalog for a warehouse on `" + scheme + "`"));
    }

    private void unknown(String type) {
        Diagnostic complaint = Diagnostic.error(
                        IcebergCode.UNKNOWN_CATALOG_TYPE,
                        span(CatalogSettings.TYPE),
                        "`" + type + "` is not a type of catalog")
                .expecting(Suggestion.oneOf(TYPES));
        diagnostics.report(Suggestion.nearest(type, TYPES)
                .map(nearest -> complaint.fixedBy("write `" + nearest + "`"))
                .orElse(complaint));
    }

    private Optional<String> raw(String key) {
        return Optional.ofNullable(catalog.get(key)).map(Text::raw);
    }

    private SourceSpan catalogSpan() {
        return component.span("catalog");
    }

    private SourceSpan span(String key) {
        return component.span("catalog", key);
    }
}
