package dev.firn.quality.evolution;

import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Verdicts and tables as golden files have them. */
final class Told {

    private Told() {}

    static String of(Verdict verdict) {
        StringBuilder told = new StringBuilder();
        for (Decided decided : verdict.decided()) {
            told.append(String.format(
                    Locale.ROOT,
                    "  %s %s: %s -> %s%n",
                    decided.change().kind().word(),
                    decided.change().path().isEmpty()
                            ? "(the record)"
                            : decided.change().path(),
                    decided.change().detail(),
                    word(decided.decision())));
        }
        if (verdict instanceof Verdict.Refused refused) {
            told.append("  refused: ").append(word(refused.decision())).append('\n');
        } else if (verdict instanceof Verdict.Accepted accepted) {
            accepted.columns().forEach((path, column) -> {
                if (!path.equals(column)) {
                    told.append("  ")
                            .append(path)
                            .append(" goes to ")
                            .append(column)
                            .append('\n');
                }
            });
        }
        return told.toString();
    }

    static String of(TableState table) {
        return columns(table.columns().columns());
    }

    private static String word(Enum<?> decision) {
        return decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String columns(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + type(column.type()) + mark(column.nullability()))
                .collect(Collectors.joining(", "));
    }

    private static String type(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return "(" + columns(struct.columns()) + ")";
        }
        if (type instanceof ColumnType.ListOf list) {
            return "[" + type(list.element()) + mark(list.elements()) + "]";
        }
        return type instanceof ColumnType.MapOf map ? "map " + type(map.value()) + mark(map.values()) : type.toString();
    }

    private static String mark(Nullability nullability) {
        return nullability == Nullability.OPTIONAL ? "?" : "";
    }
}
