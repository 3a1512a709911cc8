package dev.firn.cli;

import dev.firn.cli.schema.NamedSchema;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.plan.Page;
import dev.firn.schema.codegen.JavaClasses;
import dev.firn.schema.codegen.NoClasses;
import dev.firn.schema.codegen.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Writes Java classes of schemas. */
@Command(
        name = "codegen",
        description = {
            "Writes a Java class for each record, enum and fixed of the schemas, with Avro's own compiler.",
            "Prints what became of each file. Answers 4 and writes nothing where a file is in the way that Avro's compiler has"
                    + " not made; with `--yes` it is written over."
        },
        sortOptions = false,
        customSynopsis = "firn schema codegen --out FOLDER [--package NAME] [--registry URL|FILE] [--yes] SCHEMA...",
        footer = {
            "firn schema codegen --out src/main/java schemas/orders-value.avsc",
            "firn schema codegen --out gen --package shop --registry http://localhost:8081 orders-value"
        })
final class SchemaCodegenVerb extends RegistryVerb {

    @Parameters(
            arity = "1..*",
            paramLabel = "SCHEMA",
            description =
                    "Files with Avro schemas, streams of a pipeline file, or subjects of the registry; the latter two with @VERSION"
                            + " or the newest.")
    private List<String> schemas = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "The source folder; classes go to the folders of their packages below it.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path folder;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            converter = PackageName.class,
            description = "The package of types that have no namespace; others are in the package that theirs says.")
    private @Nullable String defaultPackage;

    SchemaCodegenVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        try {
            JavaClasses classes = new JavaClasses(Optional.ofNullable(defaultPackage));
            for (String argument : schemas) {
                NamedSchema named = arguments.one(argument);
                classes.add(named.name(), named.text());
            }
            return write(classes);
        } catch (NoClasses wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (IOException e) {
            screen.progress("firn: `" + folder + "` can't be written: " + e.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int write(JavaClasses classes) throws IOException {
        SourceFolder sources = new SourceFolder(folder);
        List<String> foreign = yes ? List.of() : sources.foreign(classes.files());
        if (!foreign.isEmpty()) {
            foreign.forEach(name -> screen.progress("firn: `" + folder.resolve(name)
                    + "` is in the way: it was not made by Avro's compiler; `--yes` writes over it"));
            return ExitCode.REFUSED;
        }
        List<List<String>> lines = sources.write(classes.files()).entrySet().stream()
                .map(file -> List.of(
                        file.getValue().name().toLowerCase(Locale.ROOT),
                        folder.resolve(file.getKey()).toString()))
                .toList();
        classes.withoutPackage()
                .forEach(name -> screen.progress("firn: `" + name
                        + "` has no namespace, so no class in a package can import it; `--package` gives it one"));
        screen.result(String.join("\n", Page.aligned(lines)) + "\n");
        return ExitCode.DONE;
    }

    /** Words of Java with dots between them. */
    static final class PackageName implements ITypeConverter<String> {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

        @Override
        public String convert(String text) {
            if (!NAME.matcher(text).matches()) {
                throw new TypeConversionException("no package");
            }
            return text;
        }
    }
}
