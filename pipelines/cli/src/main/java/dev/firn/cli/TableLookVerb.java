package dev.firn.cli;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.UnknownColumn;
import dev.firn.spi.inspection.InspectedCatalog.UnknownMoment;
import dev.firn.spi.inspection.InspectedCatalog.UnknownTable;
import dev.firn.spi.inspection.TableInspection;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What verbs share that look at the tables of a catalog, and change nothing. */
abstract class TableLookVerb extends Verb {

    @Parameters(
            index = "0",
            paramLabel = "CATALOG",
            description = "The name of a catalog in `firn.yaml`, or a pipeline file, for the catalog of its sink.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String catalog;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    TableLookVerb(Screen screen) {
        super(screen);
    }

    boolean isForPrograms() {
        return format == Format.JSON;
    }

    CommandSpec spec() {
        return spec;
    }

    /** The catalog as the command line names it, with the environment. */
    String arguments() {
        return environment.arguments(catalog);
    }

    /** A table's full name, as it was said; others than Firn may have made it, and have had other rules for names. */
    TableName table(String name) {
        if (!name.matches("[^.]+(\\.[^.]+)+")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`" + name + "` is no table's full name, which has a dot at least, such as `shop.orders`");
        }
        return new TableName(name);
    }

    /** Opens the catalog, asks, and answers with an exit code; what fails is words on the screen. */
    int look(ToIntFunction<InspectedCatalog> ask) {
        return look((opened, properties) -> ask.applyAsInt(opened));
    }

    /** The same, where it is asked for what the catalog's properties say as well. */
    int look(ToIntBiFunction<InspectedCatalog, Map<String, Text>> ask) {
        Optional<Map<String, Text>> properties = new CatalogArgument(screen, environment).properties(catalog);
        if (properties.isEmpty()) {
            return ExitCode.FILE;
        }
        TableInspection inspection = ServiceLoader.load(TableInspection.class, TableLookVerb.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: nobody is there who looks at tables"));
        try (InspectedCatalog opened = inspection.open(properties.get(), SystemReferences.ofThisProcess())) {
            return ask(opened, properties.get(), ask);
        } catch (UnresolvedReference | UnknownMoment | UnknownColumn unknown) {
            screen.progress("firn: " + unknown.getMessage());
            return ExitCode.FILE;
        } catch (RuntimeException thrown) {
            return LakeQuestion.failed(screen, thrown);
        }
    }

    private int ask(
            InspectedCatalog opened,
            Map<String, Text> properties,
            ToIntBiFunction<InspectedCatalog, Map<String, Text>> ask) {
        try {
            return ask.applyAsInt(opened, properties);
        } catch (UnknownTable unknown) {
            screen.progress("firn: " + unknown.getMessage() + meant(opened, unknown.table()));
            return ExitCode.FILE;
        }
    }

    /** Of a table that the catalog has named itself. */
    static String goneMeanwhile(UnknownTable gone) {
        return "table `" + gone.table() + "` was dropped meanwhile, or a part of its name has a dot in it";
    }

    private static String meant(InspectedCatalog opened, TableName table) {
        List<String> names;
        try {
            names = opened.tables().stream().map(TableName::full).toList();
        } catch (OutsideException e) {
            return "";
        }
        return Suggestion.nearest(table.full(), names)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
    }
}
