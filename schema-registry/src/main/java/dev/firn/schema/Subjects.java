package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.Unmappable;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.StreamSchema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/** The planner's look at schemas: each topic's newest as columns, or what keeps it from being a table. */
public final class Subjects {

    private final FormatOptions format;
    private final NewestSchemas newest;
    private final Set<String> jsonFields = new HashSet<>();

    private Subjects(FormatOptions format, NewestSchemas newest) {
        this.format = format;
        this.newest = newest;
    }

    /**
     * In the registry of the format; where it has none, nothing is known of a schema.
     *
     * @param registrySpan where the file names the registry
     */
    public static Subjects of(FormatOptions format, ReferenceResolver references, SourceSpan registrySpan) {
        return of(
                format,
                format.registry()
                        .<NewestSchemas>map(registry -> new RegistrySchemas(registry, references, registrySpan))
                        .orElse((topic, part, span, diagnostics) -> Optional.empty()));
    }

    public static Subjects of(FormatOptions format, NewestSchemas newest) {
        return new Subjects(format, newest);
    }

    /**
     * The newest schema of the topic's values; empty if it is not known, or if something was reported, now or, for a registry
     * that does not answer, with an earlier topic.
     *
     * @param span where the file names the topic
     * @throws dev.firn.definition.reference.UnresolvedReference if the registry's url holds one
     */
    public Optional<StreamSchema> inspect(String topic, SourceSpan span, Diagnostics diagnostics) {
        if (format.type() == FormatType.RAW) {
            return Optional.of(format.raw().schema());
        }
        return newest.of(topic, SchemaPart.VALUE, span, diagnostics)
                .flatMap(schema -> new Inspection(schema, span, this::columns, diagnostics).judged());
    }

    /**
     * The definition of the newest schema of the topic's keys; empty as for {@link #inspect}.
     *
     * @param span where the file names the topic
     */
    public Optional<String> inspectKey(String topic, SourceSpan span, Diagnostics diagnostics) {
        return newest.of(topic, SchemaPart.KEY, span, diagnostics)
                .flatMap(schema -> new Inspection(schema, span, Subjects::columnsOfKey, diagnostics).judged())
                .map(schema -> schema.definition().value());
    }

    private static AvroColumns columnsOfKey(Schema key) {
        return AvroColumns.of(AvroKey.asRecord(key), AvroRules.STRICT);
    }

    /**
     * Reports every field that the file wants as JSON and none of the topics has; to be asked once all of them were inspected
     * and found.
     *
     * @param span where the file names them
     */
    public void reportStrayJsonFields(SourceSpan span, Diagnostics diagnostics) {
        for (String path : format.rules().jsonFields()) {
            if (!jsonFields.contains(path)) {
                diagnostics.report(Diagnostic.error(
                                SchemaCode.JSON_FIELD_NOT_FOUND,
                                span,
                                "no topic of this source has a field `" + path + "`")
                        .fixedBy(
                                "write its path as `plan` shows it: names with dots between, `[]` for an array's items,"
                                        + " `{}` for a map's values"));
            }
        }
    }

    private AvroColumns columns(Schema schema) {
        AvroColumns columns = AvroColumns.of(schema, format.rules());
        jsonFields.addAll(columns.jsonFields());
        return columns;
    }

    /** One schema, judged. */
    private record Inspection(
            NewestSchema newest, SourceSpan span, Function<Schema, AvroColumns> mapping, Diagnostics diagnostics) {

        Optional<StreamSchema> judged() {
            Schema schema;
            try {
                schema = AvroSchemas.parse(newest.definition());
            } catch (AvroSchemas.NotAvro e) {
                report(
                        "the schema of `" + newest.name() + "` is not valid Avro: " + e.getMessage(),
                        "register a version that is");
                return Optional.empty();
            }
            AvroColumns columns = mapping.apply(schema);
            for (Unmappable unmappable : columns.unmappable()) {
                report("in `" + newest.name() + "`, " + unmappable.sentence(), unmappable.wayOut());
            }
            return columns.table().map(table -> new StreamSchema(table, newest.definition()));
        }

        private void report(String message, String fix) {
            diagnostics.report(Diagnostic.error(SchemaCode.UNMAPPABLE_SCHEMA, span, message)
                    .fixedBy(fix));
        }
    }
}
