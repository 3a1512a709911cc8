package dev.firn.cli;

import dev.firn.cli.table.HealthPage;
import dev.firn.definition.reference.Text;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.UnknownTable;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Mend;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Says how well tables are. */
@Command(
        name = "health",
        description = {
            "Says how well a table is, of 100 points: what costs points, how many, and the command that mends it.",
            "Answers 1 where a table has less than 70. --all ranks all tables of the catalog."
        },
        sortOptions = false,
        customSynopsis = {
            "firn table health [--env NAME] [--format text|json] CATALOG|FILE TABLE",
            "firn table health --all [--env NAME] [--format text|json] CATALOG|FILE"
        },
        footer = {"firn table health orders.yaml shop.orders", "firn table health --all lake"})
final class TableHealthVerb extends TableLookVerb {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TABLE",
            description = "The table's full name, such as `shop.orders`.")
    private @Nullable String name;

    @Option(names = "--all", description = "All tables of the catalog, the worst first.")
    private boolean all;

    TableHealthVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        String one = name;
        if (all == (one != null)) {
            throw new ParameterException(spec().commandLine(), "say which TABLE, or `--all`");
        }
        if (one != null) {
            TableName table = table(one);
            return look((opened, catalog) -> {
                HealthPage page = new HealthPage(List.of(opened.health(table)), arguments(), possible(catalog));
                screen.result(isForPrograms() ? page.json() : page.text());
                return page.areWell() ? ExitCode.DONE : ExitCode.NO;
            });
        }
        return look(this::rank);
    }

    private static Set<Mend> possible(Map<String, Text> catalog) {
        return CatalogArgument.expiresUnseen(catalog)
                ? EnumSet.complementOf(EnumSet.of(Mend.EXPIRE))
                : EnumSet.allOf(Mend.class);
    }

    /** A table that can't be read is not well either, and does not keep the others from being looked at. */
    private int rank(InspectedCatalog opened, Map<String, Text> catalog) {
        List<TableHealth> found = new ArrayList<>();
        boolean isAllRead = true;
        for (TableName table : opened.tables()) {
            screen.live(table.full());
            try {
                found.add(opened.health(table));
            } catch (OutsideException e) {
                screen.progress("firn: " + e.getMessage());
                isAllRead = false;
            } catch (UnknownTable gone) {
                screen.progress("firn: " + goneMeanwhile(gone));
                isAllRead = false;
            }
        }
        HealthPage page = new HealthPage(found, arguments(), possible(catalog));
        screen.result(isForPrograms() ? page.json() : page.ranked());
        if (!isAllRead) {
            return ExitCode.OUTSIDE;
        }
        return page.areWell() ? ExitCode.DONE : ExitCode.NO;
    }
}
