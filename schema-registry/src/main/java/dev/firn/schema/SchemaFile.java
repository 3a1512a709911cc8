package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The schema of values that stands in a file beside the pipeline's; what others are, somebody else knows. */
final class SchemaFile implements NewestSchemas {

    private final String name;
    private final SourceSpan span;
    private final NewestSchemas others;

    private SchemaFile(String name, SourceSpan span, NewestSchemas others) {
        this.name = name;
        this.span = span;
        this.others = others;
    }

    /**
     * The others alone where the format names no file.
     *
     * @param span where it is named, in the file that it is relative to
     */
    static NewestSchemas or(FormatOptions format, SourceSpan span, NewestSchemas others) {
        return format.schemaFile()
                .<NewestSchemas>map(name -> new SchemaFile(name, span, others))
                .orElse(others);
    }

    @Override
    public Optional<NewestSchema> of(String topic, SchemaPart part, SourceSpan topicSpan, Diagnostics diagnostics) {
        if (part == SchemaPart.KEY) {
            return others.of(topic, part, topicSpan, diagnostics);
        }
        try {
            String text = Files.readString(Path.of(span.file()).resolveSibling(name), StandardCharsets.UTF_8);
            return Optional.of(new NewestSchema(name, text));
        } catch (NoSuchFileException e) {
            report("there is no file `" + name + "` beside the pipeline file", diagnostics);
        } catch (IOException | InvalidPathException e) {
            report("the file `" + name + "` can't be read as UTF-8 text", diagnostics);
        }
        return Optional.empty();
    }

    /** The same for each topic that it is of, which is told once. */
    private void report(String message, Diagnostics diagnostics) {
        diagnostics.report(Diagnostic.error(SchemaCode.SCHEMA_FILE_UNREADABLE, span, message)
                .fixedBy("write its path from the folder of the pipeline file"));
    }
}
