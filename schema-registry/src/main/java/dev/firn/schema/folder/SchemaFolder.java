package dev.firn.schema.folder;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.SchemaCode;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folder that {@code firn schema pull} writes: a file a subject, and an index that says what each is.
 *
 * @param schemas in the order of the index
 */
public record SchemaFolder(Path path, List<PulledSchema> schemas) {

    /** The index; a folder without one is somebody else's. */
    public static final String INDEX = "pulled.json";

    /** There from the first file that a pull writes to the last. */
    static final String BEGUN = ".pull-begun";

    private static final String AVRO = "AVRO";

    public SchemaFolder {
        schemas = List.copyOf(schemas);
    }

    /** Empty if there is no index, or if it is broken, which is reported. */
    public static Optional<SchemaFolder> read(Path path, Diagnostics diagnostics) {
        Path index = path.resolve(INDEX);
        if (!Files.exists(index)) {
            return Optional.empty();
        }
        Optional<String> text = text(index, diagnostics);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new SchemaFolder(path, IndexJson.read(text.get())));
        } catch (JsonProcessingException e) {
            diagnostics.report(notJson(index, e));
        } catch (IndexJson.NoIndex e) {
            report(index, "`" + index + "` is no index of schemas: " + e.getMessage(), diagnostics);
        }
        return Optional.empty();
    }

    /**
     * The schemas that a pipeline reads, by the names of its sources; files that can't be read are reported and not known. None is
     * known, and that is reported, where a pull has not ended.
     */
    public Map<String, KnownSchemas> of(String pipeline, Diagnostics diagnostics) {
        if (Files.exists(path.resolve(BEGUN))) {
            diagnostics.report(Diagnostic.error(
                            SchemaCode.BROKEN_SCHEMA_FILE,
                            SourceSpan.startOf(path.resolve(INDEX).toString()),
                            "a pull into `" + path + "` has not ended, so its schemas may not be of one time")
                    .fixedBy("wait for it, or call `firn schema pull` again if it was cut short"));
            return Map.of();
        }
        Map<String, Map<SchemaUse, NewestSchema>> known = new HashMap<>();
        for (PulledSchema schema : schemas) {
            List<SchemaUse> uses = schema.uses().stream()
                    .filter(use -> use.pipeline().equals(pipeline))
                    .toList();
            if (!uses.isEmpty()) {
                load(schema, diagnostics)
                        .ifPresent(loaded ->
                                uses.forEach(use -> known.computeIfAbsent(use.source(), source -> new HashMap<>())
                                        .put(use, loaded)));
            }
        }
        Map<String, KnownSchemas> bySource = new HashMap<>();
        known.forEach((source, uses) -> bySource.put(source, new Pulled(pipeline, source, uses)));
        return bySource;
    }

    private record Pulled(String pipeline, String source, Map<SchemaUse, NewestSchema> uses) implements KnownSchemas {

        @Override
        public Optional<NewestSchema> of(String stream, SchemaPart part) {
            return Optional.ofNullable(uses.get(new SchemaUse(pipeline, source, stream, part)));
        }

        @Override
        public Set<String> streams() {
            return uses.keySet().stream().map(SchemaUse::stream).collect(Collectors.toSet());
        }
    }

    /** What is in a schema's file; empty if it can't be read, which is reported. */
    public Optional<NewestSchema> load(PulledSchema schema, Diagnostics diagnostics) {
        Path file = path.resolve(schema.file());
        Optional<String> text = text(file, diagnostics);
        if (text.isEmpty() || !schema.registration().type().equals(AVRO)) {
            return text.map(definition -> new NewestSchema(file.toString(), definition));
        }
        try {
            PrettyJson.read(text.get());
            AvroSchemas.parse(text.get());
            return Optional.of(new NewestSchema(file.toString(), text.get()));
        } catch (JsonProcessingException e) {
            diagnostics.report(notJson(file, e));
        } catch (AvroSchemas.NotAvro e) {
            report(file, "`" + file + "` is not valid Avro: " + e.getMessage(), diagnostics);
        }
        return Optional.empty();
    }

    private static Optional<String> text(Path file, Diagnostics diagnostics) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            report(file, "the index names `" + file + "`, and there is no such file", diagnostics);
        } catch (java.nio.charset.CharacterCodingException e) {
            report(file, "`" + file + "` is not " + StandardCharsets.UTF_8, diagnostics);
        } catch (IOException e) {
            report(file, "`" + file + "` can't be read: " + e.getMessage(), diagnostics);
        }
        return Optional.empty();
    }

    private static void report(Path file, String message, Diagnostics diagnostics) {
        diagnostics.report(broken(SourceSpan.startOf(file.toString()), message));
    }

    private static Diagnostic notJson(Path file, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        SourceSpan span = at == null || at.getLineNr() < 1
                ? SourceSpan.startOf(file.toString())
                : new SourceSpan(file.toString(), at.getLineNr(), Math.max(1, at.getColumnNr()), 1);
        return broken(span, "`" + file + "` is not JSON from here on");
    }

    private static Diagnostic broken(SourceSpan span, String message) {
        return Diagnostic.error(SchemaCode.BROKEN_SCHEMA_FILE, span, message)
                .fixedBy("take the file back from version control, or remove it and call `firn schema pull`");
    }
}
