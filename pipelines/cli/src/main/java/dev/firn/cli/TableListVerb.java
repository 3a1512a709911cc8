package dev.firn.cli;

import dev.firn.cli.table.ListPage;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.UnknownTable;
import dev.firn.spi.inspection.TableFacts;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Lists the tables of a catalog. */
@Command(
        name = "list",
        description = {
            "Lists all tables of a catalog, Firn's or not: rows, files, bytes, last commit, and the pipelines that write to them.",
            "Rows are those in data files, also where delete files take some of them away."
        },
        sortOptions = false,
        customSynopsis = "firn table list [--env NAME] [--format text|json] CATALOG|FILE",
        footer = {"firn table list lake", "firn table list --format json orders.yaml"})
final class TableListVerb extends TableLookVerb {

    TableListVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        return look(this::list);
    }

    private int list(InspectedCatalog opened) {
        List<TableFacts> tables = new ArrayList<>();
        SortedMap<TableName, String> unreadable = new TreeMap<>();
        for (TableName table : opened.tables()) {
            screen.live(table.full());
            try {
                tables.add(opened.facts(table));
            } catch (OutsideException e) {
                unreadable.put(table, String.valueOf(e.getMessage()));
            } catch (UnknownTable gone) {
                unreadable.put(table, goneMeanwhile(gone));
            }
        }
        ListPage page = new ListPage(tables, unreadable);
        screen.result(isForPrograms() ? page.json() : page.text(arguments()));
        return unreadable.isEmpty() ? ExitCode.DONE : ExitCode.OUTSIDE;
    }
}
