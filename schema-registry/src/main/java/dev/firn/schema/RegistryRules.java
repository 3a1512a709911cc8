package dev.firn.schema;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import java.util.Optional;

/** Checks that there is a registry where values or keys name their schemas, and none where nothing does. */
public final class RegistryRules {

    private static final String EXAMPLE = "add `registry: {url: \"${env:REGISTRY}\"}`, for example";

    private RegistryRules() {}

    /** @param source whose {@code format} and {@code key} the options are from */
    public static void check(Bound<?> source, FormatOptions format, Optional<KeyOptions> key, Diagnostics diagnostics) {
        boolean framedKey = key.filter(said -> said.type() == KeyType.AVRO).isPresent();
        checkFile(source, format, diagnostics);
        if (format.registry().isEmpty() && format.isFramed()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION,
                            source.span("format"),
                            "option `registry` is missing"
                                    + (mayBePlain(format) ? ", or a `schema-file` where values are plain JSON" : ""))
                    .fixedBy(EXAMPLE));
        } else if (format.registry().isEmpty() && framedKey) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION,
                            source.span("format"),
                            "option `registry` is missing, which knows the schemas of keys")
                    .fixedBy(EXAMPLE));
        }
        if (format.registry().isPresent() && !format.isFramed() && !framedKey) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("format", "registry"),
                            "option `registry` is of no use with "
                                    + (format.type() == FormatType.RAW ? "`type: raw`" : "a `schema-file`")
                                    + ", unless `key` is of `type: avro`")
                    .fixedBy("remove it"));
        }
    }

    private static void checkFile(Bound<?> source, FormatOptions format, Diagnostics diagnostics) {
        if (format.schemaFile().isPresent() && !mayBePlain(format)) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("format", "schema-file"),
                            "option `schema-file` is of no use with Avro whose `encoding` is `binary`")
                    .fixedBy("remove it, or add `encoding: json` where values are Avro's JSON without a frame"));
        }
    }

    private static boolean mayBePlain(FormatOptions format) {
        return format.type() == FormatType.JSON || format.encoding() == AvroEncoding.JSON;
    }
}
