package dev.firn.schema;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import java.util.Optional;

/** Checks that there is a registry where keys need one, and none where nothing does; what values need, the grammar says. */
public final class RegistryRules {

    private RegistryRules() {}

    /** @param source whose {@code format} and {@code key} the options are from */
    public static void check(Bound<?> source, FormatOptions format, Optional<KeyOptions> key, Diagnostics diagnostics) {
        boolean framedKey = key.filter(said -> said.type() == KeyType.AVRO).isPresent();
        if (framedKey && format.registry().isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION,
                            source.span("format"),
                            "option `registry` is missing, which knows the schemas of keys")
                    .fixedBy("add `registry: {url: \"${env:REGISTRY}\"}`, for example"));
        }
        if (!framedKey && format.type() == FormatType.RAW && format.registry().isPresent()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.OPTION_WITHOUT_USE,
                            source.spanOf("format", "registry"),
                            "option `registry` is of no use with `type: raw`, unless `key` is of `type: avro`")
                    .fixedBy("remove it"));
        }
    }
}
