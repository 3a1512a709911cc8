package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.NotAnEnvelope;
import dev.firn.schema.binding.Unmappable;
import dev.firn.schema.json.JsonColumns;
import dev.firn.schema.json.NotJsonSchema;
import dev.firn.schema.protobuf.NotProtobuf;
import dev.firn.schema.protobuf.ProtobufColumns;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.StreamSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** The planner's look at schemas: each topic's newest as columns, or what keeps it from being a table. */
public final class Subjects {

    private static final String REGISTER = "register a version that is";

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
        return of(format, references, registrySpan, FoundBefore.NOTHING);
    }

    /** @param before what a plan may go on with where the registry does not answer */
    public static Subjects of(
            FormatOptions format, ReferenceResolver references, SourceSpan registrySpan, FoundBefore before) {
        return of(
                format,
                format.registry()
                        .<NewestSchemas>map(registry ->
                                new RegistrySchemas(registry, format.schemaType(), references, registrySpan, before))
                        .orElse((topic, part, span, diagnostics) -> Optional.empty()));
    }

    public static Subjects of(FormatOptions format, NewestSchemas newest) {
        return new Subjects(format, newest);
    }

    /**
     * The same, with the schema of values in the file that the format names, if it does.
     *
     * @param span where that is
     */
    public Subjects withFile(SourceSpan span) {
        return new Subjects(format, SchemaFile.or(format, span, newest));
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
                .flatMap(schema -> new Inspection(schema, span, this::columns, wayOut(), diagnostics).judged());
    }

    /**
     * The definition of the newest schema of the topic's keys; empty as for {@link #inspect}.
     *
     * @param span where the file names the topic
     */
    public Optional<String> inspectKey(String topic, SourceSpan span, Diagnostics diagnostics) {
        return newest.of(topic, SchemaPart.KEY, span, diagnostics)
                .flatMap(schema -> new Inspection(schema, span, this::columnsOfKey, REGISTER, diagnostics).judged())
                .map(schema -> schema.definition().value());
    }

    private Mapped columnsOfKey(String definition) throws Unreadable {
        avro(definition);
        return Mapped.of(
                AvroColumns.of(AvroKey.asRecord(avro(Formats.keySchema(format, definition))), AvroRules.STRICT));
    }

    /** Warns, once all topics were inspected, of those whose newest schema the registry did not say. */
    public void reportWhatWasFoundBefore(Diagnostics diagnostics) {
        newest.reportWhatWasFoundBefore(diagnostics);
    }

    /**
     * Reports every field that the file wants as JSON and none of the topics has; to be asked once all of them were inspected
     * and found.
     *
     * @param span where the file names them
     */
    public void reportStrayJsonFields(SourceSpan span, Diagnostics diagnostics) {
        for (String path : format.jsonPaths()) {
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

    private Mapped columns(String definition) throws Unreadable {
        if (format.type() == FormatType.JSON) {
            return json(definition);
        }
        AvroColumns columns =
                switch (format.type()) {
                    case PROTOBUF -> protobuf(definition);
                    case DEBEZIUM_AVRO -> change(definition);
                    case AVRO, JSON, DEBEZIUM_JSON, RAW -> AvroColumns.of(avro(definition), format.rules());
                };
        jsonFields.addAll(columns.jsonFields());
        return Mapped.of(columns);
    }

    private Mapped json(String definition) throws Unreadable {
        try {
            JsonColumns columns = JsonColumns.of(definition, format.jsonRules());
            jsonFields.addAll(columns.jsonFields());
            return new Mapped(columns.table(), columns.unmappable());
        } catch (NotJsonSchema e) {
            throw new Unreadable("is no JSON Schema: " + e.getMessage());
        }
    }

    private AvroColumns protobuf(String definition) throws Unreadable {
        try {
            return ProtobufColumns.of(definition, format.rules());
        } catch (NotProtobuf e) {
            throw new Unreadable("is no Protobuf that can be read here: " + e.getMessage());
        }
    }

    private AvroColumns change(String definition) throws Unreadable {
        try {
            return AvroColumns.ofChanges(avro(definition), format.rules());
        } catch (NotAnEnvelope e) {
            throw new Unreadable("is no envelope of Debezium: " + e.getMessage());
        }
    }

    private static Schema avro(String definition) throws Unreadable {
        try {
            return AvroSchemas.parse(definition);
        } catch (AvroSchemas.NotAvro e) {
            throw new Unreadable("is not valid Avro: " + e.getMessage());
        }
    }

    private String wayOut() {
        return format.schemaFile().isPresent() ? "mend the file" : REGISTER;
    }

    /** A schema as a table, or what keeps it from being one. */
    private record Mapped(Optional<TableSchema> table, List<Unmappable> unmappable) {

        static Mapped of(AvroColumns columns) {
            return new Mapped(columns.table(), columns.unmappable());
        }
    }

    /** A text is no schema of the kind that it should be; the message says so behind its name. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Makes columns of a definition. */
    @FunctionalInterface
    private interface Mapping {
        Mapped of(String definition) throws Unreadable;
    }

    /** One schema, judged. */
    private record Inspection(
            NewestSchema newest, SourceSpan span, Mapping mapping, String wayOut, Diagnostics diagnostics) {

        Optional<StreamSchema> judged() {
            Mapped columns;
            try {
                columns = mapping.of(newest.definition());
            } catch (Unreadable e) {
                report("the schema of `" + newest.name() + "` " + e.getMessage(), wayOut);
                return Optional.empty();
            }
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
