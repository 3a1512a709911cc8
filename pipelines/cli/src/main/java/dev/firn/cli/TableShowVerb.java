package dev.firn.cli;

import dev.firn.cli.table.ShowPage;
import dev.firn.spi.inspection.InspectedCatalog.Part;
import dev.firn.spi.inspection.TableDetails;
import dev.firn.spi.schema.TableName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a table is. */
@Command(
        name = "show",
        description = {
            "Shows a table of a catalog, Firn's or not: columns with their ids, partitioning, sort order, counts.",
            "--snapshots shows each commit, and of those of pipelines which offsets were read for it, by the ledger."
        },
        sortOptions = false,
        customSynopsis = "firn table show [--snapshots] [--files] [--partitions] [--manifests] [--refs] [--properties]"
                + " [--as-of SNAPSHOT|REF|TIME] [--env NAME] [--format text|json] CATALOG|FILE TABLE",
        footer = {
            "firn table show --snapshots orders.yaml shop.orders",
            "firn table show --files --as-of 2026-01-03T09:14:07Z lake shop.orders"
        })
final class TableShowVerb extends TableLookVerb {

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table's full name, such as `shop.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    @Option(names = "--snapshots", description = "Each commit: when, what, how many rows, whose.")
    private boolean snapshots;

    @Option(names = "--files", description = "Each data file and each delete file.")
    private boolean files;

    @Option(names = "--partitions", description = "Each partition: rows, files, bytes.")
    private boolean partitions;

    @Option(names = "--manifests", description = "Each manifest.")
    private boolean manifests;

    @Option(names = "--refs", description = "Branches and tags.")
    private boolean refs;

    @Option(names = "--properties", description = "The table's properties; what may be a secret is masked.")
    private boolean properties;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description = "A snapshot's number, a branch, a tag, or a time in UTC such as 2026-01-03T09:14:07Z.")
    private @Nullable String asOf;

    TableShowVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        TableName table = table(name);
        Set<Part> parts = parts();
        Optional<String> moment = Optional.ofNullable(asOf);
        return look(opened -> {
            TableDetails details = opened.details(table, moment, parts);
            ShowPage page = new ShowPage(details, parts, moment.isPresent());
            screen.result(isForPrograms() ? page.json() : page.text(arguments()));
            return ExitCode.DONE;
        });
    }

    private Set<Part> parts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        add(parts, Part.SNAPSHOTS, snapshots);
        add(parts, Part.FILES, files);
        add(parts, Part.PARTITIONS, partitions);
        add(parts, Part.MANIFESTS, manifests);
        add(parts, Part.REFS, refs);
        add(parts, Part.PROPERTIES, properties);
        return parts;
    }

    private static void add(Set<Part> parts, Part part, boolean asked) {
        if (asked) {
            parts.add(part);
        }
    }
}
