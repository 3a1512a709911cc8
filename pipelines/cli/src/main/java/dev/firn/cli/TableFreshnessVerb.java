package dev.firn.cli;

import dev.firn.cli.table.FreshnessPage;
import dev.firn.definition.bind.Times;
import dev.firn.spi.inspection.TableFreshness;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows how old the news of tables is. */
@Command(
        name = "freshness",
        description = {
            "Shows when tables got rows last, and the newest event in them; upkeep that writes files anew does not count.",
            "With --within it answers 1 where a table's last rows are older."
        },
        sortOptions = false,
        customSynopsis = "firn table freshness [--within TIME] [--column COLUMN] [--env NAME] [--format text|json]"
                + " CATALOG|FILE TABLE...",
        footer = {
            "firn table freshness --within 15m orders.yaml shop.orders",
            "firn table freshness --column placed_at lake shop.orders"
        })
final class TableFreshnessVerb extends TableLookVerb {

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TABLE",
            description = "The tables' full names, such as `shop.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private List<String> names;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Age.class,
            description = "How old the last rows may be, such as 15m or 2d.")
    private @Nullable Duration within;

    @Option(
            names = "--column",
            paramLabel = "COLUMN",
            description =
                    "A timestamp, whose greatest value is the newest event; unless said, the first that the table is"
                            + " partitioned by.")
    private @Nullable String column;

    /** A time with its unit. */
    static final class Age implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            return Times.parse(word).orElseThrow(() -> new TypeConversionException("no time"));
        }
    }

    TableFreshnessVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        List<TableName> tables = names.stream().map(this::table).toList();
        return look(opened -> {
            List<TableFreshness> found = tables.stream()
                    .map(table -> opened.freshness(table, Optional.ofNullable(column)))
                    .toList();
            FreshnessPage page = new FreshnessPage(found, Instant.now(), Optional.ofNullable(within));
            screen.result(isForPrograms() ? page.json() : page.text());
            return page.isFresh() ? ExitCode.DONE : ExitCode.NO;
        });
    }
}
