package dev.firn.cli;

import dev.firn.cli.table.SizePage;
import dev.firn.spi.schema.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where a table's bytes are. */
@Command(
        name = "size",
        description = {
            "Shows where a table's bytes are: in files of now, in files that only older snapshots need, in metadata.",
            "Files that nothing knows any more are not counted: `firn maintain --orphans 3d --dry-run` finds those."
        },
        sortOptions = false,
        customSynopsis = "firn table size [--env NAME] [--format text|json] CATALOG|FILE TABLE",
        footer = {"firn table size orders.yaml shop.orders", "firn table size --format json lake shop.orders"})
final class TableSizeVerb extends TableLookVerb {

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table's full name, such as `shop.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    TableSizeVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        TableName table = table(name);
        return look(opened -> {
            SizePage page = new SizePage(opened.size(table));
            screen.result(isForPrograms() ? page.json() : page.text());
            return ExitCode.DONE;
        });
    }
}
