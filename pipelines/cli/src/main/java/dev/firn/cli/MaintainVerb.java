package dev.firn.cli;

import dev.firn.cli.maintenance.MaintenanceJson;
import dev.firn.cli.maintenance.MaintenanceText;
import dev.firn.cli.maintenance.TablePatterns;
import dev.firn.definition.bind.Times;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.MaintenanceRequest.Mode;
import dev.firn.spi.maintenance.TableMaintenance;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Looks after tables once: compacts them, expires their snapshots, removes their orphan files. */
@Command(
        name = "maintain",
        description = {
            "Looks after tables, Firn's or not: makes large files of small ones, expires old snapshots, removes orphan files.",
            "Pipelines may write meanwhile. What expires or goes is shown first, and asked about; --yes asks nothing."
        },
        sortOptions = false,
        customSynopsis = "firn maintain --tables PATTERN[,PATTERN...] [--compact] [--small-files N] [--delete-files N]"
                + " [--expire AGE] [--keep N] [--orphans AGE] [--dry-run] [--yes] [--env NAME] [--format text|json]"
                + " CATALOG|FILE",
        footer = {
            "firn maintain --tables 'sales.*' --compact orders.yaml",
            "firn maintain --tables '*' --compact --expire 1d --keep 200 --orphans 3d --yes lake"
        })
final class MaintainVerb extends Verb {

    @Parameters(
            paramLabel = "CATALOG",
            description = "The name of a catalog in `firn.yaml`, or a pipeline file, for the catalog of its sink.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String catalog;

    @Option(
            names = "--tables",
            paramLabel = "PATTERN",
            required = true,
            split = ",",
            description = "Which tables: whole names, in which `*` stands for any text.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private List<String> patterns;

    @Option(
            names = "--compact",
            description =
                    "Rewrites files that are too small, too large, or that many deletes concern, to the size that the"
                            + " table says (`write.target-file-size-bytes`), without the rows that are deleted.")
    private boolean compact;

    @Option(
            names = "--small-files",
            paramLabel = "N",
            converter = Count.class,
            description = "With --compact: so many of a partition's files make it worth while; 5 unless said.")
    private int smallFiles = 5;

    @Option(
            names = "--delete-files",
            paramLabel = "N",
            converter = Count.class,
            description = "With --compact: so do so many delete files that concern one data file; 10 unless said.")
    private int deleteFiles = 10;

    @Option(
            names = "--expire",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Expires snapshots that are older, such as 1d, and deletes the files that only they need.")
    private @Nullable Duration expire;

    @Option(
            names = "--keep",
            paramLabel = "N",
            converter = Count.class,
            description = "With --expire: so many of each branch stay, however old they are; 200 unless said.")
    private int keep = 200;

    @Option(
            names = "--orphans",
            paramLabel = "AGE",
            converter = OrphanAge.class,
            description = "Removes files below a table's location that are older and that nothing knows; 1d at least.")
    private @Nullable Duration orphans;

    @Option(names = "--dry-run", description = "Shows what would be done, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    /** A whole number from 1 on. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            if (!word.matches("[1-9][0-9]{0,8}")) {
                throw new TypeConversionException("no number");
            }
            return Integer.valueOf(word);
        }
    }

    /** A time with its unit. */
    static class Age implements ITypeConverter<Duration> {

        private static final Duration LONGEST = Duration.ofDays(365_000);

        @Override
        public Duration convert(String word) {
            return Times.parse(word)
                    .filter(age -> age.compareTo(LONGEST) < 0)
                    .orElseThrow(() -> new TypeConversionException("no time"));
        }
    }

    /** One that no job takes to bring a file from the storage into a table. */
    static final class OrphanAge extends Age {
        @Override
        public Duration convert(String word) {
            Duration age = super.convert(word);
            if (age.compareTo(Duration.ofDays(1)) < 0) {
                throw new TypeConversionException("too young");
            }
            return age;
        }
    }

    MaintainVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!compact && expire == null && orphans == null) {
            throw new ParameterException(
                    spec.commandLine(), "say what is to be done: `--compact`, `--expire AGE`, `--orphans AGE`");
        }
        CatalogArgument argument = new CatalogArgument(screen, environment);
        Optional<Map<String, Text>> properties = argument.properties(catalog);
        if (properties.isEmpty()) {
            return ExitCode.FILE;
        }
        if (expire != null && CatalogArgument.expiresUnseen(properties.get())) {
            screen.progress(
                    "firn maintain: `--expire` is not built for a `rest` catalog yet: its server would let a snapshot go also where"
                            + " somebody tags it, or rolls the table back to it, at the same moment");
            return ExitCode.FILE;
        }
        TableMaintenance maintenance = ServiceLoader.load(TableMaintenance.class, MaintainVerb.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: nobody is there who looks after tables"));
        if (!dryRun && CatalogArgument.losesCommits(properties.get())) {
            screen.progress(
                    "firn: a `hadoop` catalog on a local disk loses commits where two processes write: nobody else"
                            + " may write to its tables meanwhile");
        }
        try (MaintainedCatalog opened = maintenance.open(properties.get(), SystemReferences.ofThisProcess())) {
            List<TableName> tables =
                    opened.tables().stream().filter(new TablePatterns(patterns)).toList();
            if (tables.isEmpty()) {
                screen.progress("firn maintain: no table is called `" + String.join("`, `", patterns) + "`");
                return ExitCode.FILE;
            }
            return maintain(opened, tables);
        } catch (RuntimeException thrown) {
            return LakeQuestion.failed(screen, thrown);
        }
    }

    private int maintain(MaintainedCatalog opened, List<TableName> tables) {
        MaintenanceRequest request = new MaintenanceRequest(
                dryRun ? Mode.REHEARSE : Mode.CARRY_OUT,
                compact
                        ? Optional.of(new MaintenanceRequest.Compaction(smallFiles, deleteFiles, OptionalLong.empty()))
                        : Optional.empty(),
                Optional.ofNullable(expire).map(age -> new MaintenanceRequest.Expiry(age, keep)),
                Optional.ofNullable(orphans));
        if (!dryRun && !yes && (expire != null || orphans != null)) {
            Turns shown = turns(opened, tables, request.rehearsed());
            // Also where the rehearsal has found nothing, or failed: more may go by the time it is carried out.
            if (!isAgreed(shown)) {
                return ExitCode.REFUSED;
            }
        }
        Turns turns = turns(opened, tables, request);
        screen.result(
                format == Format.JSON
                        ? MaintenanceJson.write(turns.done(), request.mode())
                        : MaintenanceText.write(turns.done(), request.mode()));
        return turns.exitCode();
    }

    private boolean isAgreed(Turns shown) {
        if (format == Format.TEXT) {
            screen.result(MaintenanceText.write(shown.done(), Mode.REHEARSE));
        }
        Optional<String> answer = screen.ask("Do this? What goes can't be brought back. [y/N]");
        boolean agreed = answer.map(word -> word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes"))
                .orElse(false);
        if (!agreed) {
            screen.progress(
                    "firn: nothing was changed" + (answer.isPresent() ? "" : "; without a terminal it needs `--yes`"));
        }
        return agreed;
    }

    /** What tables have answered, and the first failure's code. */
    private record Turns(List<TableUpkeep> done, int exitCode) {}

    /** One table that fails does not keep the others from their turn. */
    private Turns turns(MaintainedCatalog opened, List<TableName> tables, MaintenanceRequest request) {
        List<TableUpkeep> done = new ArrayList<>();
        int code = ExitCode.DONE;
        for (TableName table : tables) {
            screen.live(table.full());
            try {
                TableUpkeep upkeep = opened.maintain(table, request, screen::live);
                done.add(upkeep);
                code = code == ExitCode.DONE && !upkeep.isWhole() ? ExitCode.NO : code;
            } catch (RuntimeException thrown) {
                int failed = LakeQuestion.failed(screen, thrown);
                code = code == ExitCode.OUTSIDE ? code : failed;
            }
        }
        return new Turns(done, code);
    }
}
