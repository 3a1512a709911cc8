package dev.firn.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** An {@link Account} for people: a column a stream, or a line a stream where so many columns do not fit. */
public final class AccountTable {

    private static final int COLUMNS = 100;
    private static final int NARROWEST = 12;
    private static final String TITLE = "Where every record went";

    private final Account account;
    private final List<String> streams;

    public AccountTable(Account account) {
        this.account = account;
        this.streams = List.copyOf(account.streams().keySet());
    }

    public List<String> lines() {
        int width = 28 + streams.stream().mapToInt(AccountTable::width).sum() + streams.size() + NARROWEST + 1;
        return width <= COLUMNS ? aColumnAStream() : aLineAStream();
    }

    private static int width(String stream) {
        return Math.max(NARROWEST, stream.length());
    }

    /** One row below the streams' columns and the total's. */
    public String row(String label, List<String> values, String total) {
        StringBuilder row = new StringBuilder(String.format("    %-26s", label));
        for (int index = 0; index < streams.size(); index++) {
            row.append(String.format(" %" + width(streams.get(index)) + "s", values.get(index)));
        }
        return row.append(String.format(" %" + NARROWEST + "s", total)).toString();
    }

    private List<String> aColumnAStream() {
        List<String> lines = new ArrayList<>();
        String head = row("", streams, "total");
        lines.add("  " + TITLE + head.substring(2 + TITLE.length()));
        figures()
                .forEach((label, figure) -> lines.add(row(
                        label,
                        account.streams().values().stream()
                                .map(line -> String.format("%,d", figure.applyAsLong(line)))
                                .toList(),
                        String.format("%,d", account.total(figure)))));
        return lines;
    }

    private List<String> aLineAStream() {
        List<String> lines = new ArrayList<>();
        int longest = streams.stream().mapToInt(String::length).max().orElse(0);
        int first = Math.max(TITLE.length(), longest + 2);
        StringBuilder head = new StringBuilder(String.format("  %-" + first + "s", TITLE));
        figures()
                .keySet()
                .forEach(label -> head.append(String.format(
                        " %14s", label.replaceAll(" (to Iceberg|before reading|by `where`|by rules)", ""))));
        lines.add(head.toString());
        account.streams().forEach((stream, line) -> {
            StringBuilder row = new StringBuilder(String.format("    %-" + (first - 2) + "s", stream));
            figures().values().forEach(figure -> row.append(String.format(" %,14d", figure.applyAsLong(line))));
            lines.add(row.toString());
        });
        StringBuilder total = new StringBuilder(String.format("    %-" + (first - 2) + "s", "total"));
        figures().values().forEach(figure -> total.append(String.format(" %,14d", account.total(figure))));
        lines.add(total.toString());
        return lines;
    }

    private Map<String, ToLongFunction<Account.Line>> figures() {
        Map<String, ToLongFunction<Account.Line>> figures = new LinkedHashMap<>();
        figures.put("read", Account.Line::read);
        if (account.total(Account.Line::copied) > 0) {
            figures.put("copies", Account.Line::copied);
        }
        figures.put("written to Iceberg", Account.Line::written);
        if (account.total(Account.Line::superseded) > 0) {
            figures.put("superseded", Account.Line::superseded);
        }
        if (account.total(Account.Line::deduplicated) > 0) {
            figures.put("deduplicated", Account.Line::deduplicated);
        }
        if (account.total(Account.Line::deleted) > 0) {
            figures.put("deletes of rows", Account.Line::deleted);
        }
        if (account.total(Account.Line::nonData) > 0) {
            figures.put("no data", Account.Line::nonData);
        }
        if (account.total(Account.Line::filtered) > 0) {
            figures.put("filtered by `where`", Account.Line::filtered);
        }
        if (account.total(Account.Line::dropped) > 0) {
            figures.put("dropped by rules", Account.Line::dropped);
        }
        figures.put("quarantined", Account.Line::quarantined);
        if (account.total(Account.Line::lost) > 0) {
            figures.put("lost before reading", Account.Line::lost);
        }
        return figures;
    }
}
