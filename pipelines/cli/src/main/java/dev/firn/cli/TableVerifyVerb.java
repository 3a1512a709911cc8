package dev.firn.cli;

import dev.firn.cli.table.VerifyPage;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.schema.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks a table through for what is missing. */
@Command(
        name = "verify",
        description = {
            "Looks a table through: whether all manifests and files of all its snapshots are there, as long as they should be.",
            "Says of each that is not what it means, and which snapshots it hurts; then it answers 1. Mends nothing."
        },
        sortOptions = false,
        customSynopsis = "firn table verify [--footers] [--env NAME] [--format text|json] CATALOG|FILE TABLE",
        footer = {"firn table verify orders.yaml shop.orders", "firn table verify --footers lake shop.orders"})
final class TableVerifyVerb extends TableLookVerb {

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table's full name, such as `shop.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    @Option(
            names = "--footers",
            description = "Reads the ends of Parquet files too, and Avro files as a whole, and counts their rows.")
    private boolean footers;

    TableVerifyVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        TableName table = table(name);
        return look(opened -> {
            TableCheck check = opened.check(table, footers ? Depth.FOOTERS : Depth.FILES, screen::live);
            VerifyPage page = new VerifyPage(check);
            screen.result(isForPrograms() ? page.json() : page.text());
            if (!check.isWhole()) {
                return ExitCode.NO;
            }
            return check.unasked().isEmpty() ? ExitCode.DONE : ExitCode.OUTSIDE;
        });
    }
}
