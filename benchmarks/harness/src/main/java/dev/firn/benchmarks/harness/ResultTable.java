package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What came out of a workload, as people read it. */
final class ResultTable {

    private static final List<String> HEADS = List.of(
            "",
            "CPU µs/record",
            "cold",
            "Firn to it",
            "cold",
            "records/s",
            "memory",
            "files",
            "size",
            "checkpoint",
            "commit");
    private static final double MB = 1e6;
    private static final int FRAMES = 10;

    private ResultTable() {}

    static String of(Result result) {
        Workload workload = result.workload();
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        Optional<Figures> firn = Optional.ofNullable(result.figures().get(Contender.FIRN));
        for (Contender contender : Contender.values()) {
            Figures figures = result.figures().get(contender);
            if (figures != null) {
                rows.add(row(contender, figures, other(contender, firn)));
            }
        }
        StringBuilder text = new StringBuilder(String.format(
                "%n%s: %s; %,d records, %s%n%n",
                workload.name(),
                workload.says(),
                workload.records(),
                workload.topics() == 1 ? workload.partitions() + " partitions" : workload.topics() + " topics"));
        lines(rows).forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  ").append(result.contents().sentence()).append('\n');
        for (Contender contender : Contender.values()) {
            String failure = result.failed().get(contender);
            if (failure != null) {
                text.append("  FAILED: ").append(failure).append('\n');
            }
            contender.cannot(workload).filter(any -> contender.isUsual()).ifPresent(reason -> text.append("  not ")
                    .append(contender.title())
                    .append(": ")
                    .append(reason)
                    .append('\n'));
        }
        result.profiles().forEach((contender, profile) -> {
            text.append("\n  ").append(contender.title()).append(": ");
            profile.table(FRAMES).forEach(line -> text.append(line).append("\n  "));
        });
        return text.toString();
    }

    /** What a contender is compared with: nothing, if it is Firn. */
    private static Optional<Figures> other(Contender contender, Optional<Figures> firn) {
        return firn.filter(any -> contender != Contender.FIRN);
    }

    private static List<String> row(Contender contender, Figures figures, Optional<Figures> firn) {
        return List.of(
                contender.title(),
                figures.warm().text(2),
                String.format(Locale.ROOT, "%.2f", figures.cold().median()),
                firn.map(one -> one.warmRatioTo(figures).text(2)).orElse(""),
                firn.map(one -> one.coldRatioTo(figures).median())
                        .map(cold -> String.format(Locale.ROOT, "%.2f", cold))
                        .orElse(""),
                String.format(Locale.ROOT, "%,.0f", figures.perSecond().median()),
                String.format(Locale.ROOT, "%,.0f MB", figures.peak().greatest() / MB),
                String.format(Locale.ROOT, "%,d", figures.files().count()),
                String.format(Locale.ROOT, "%,.1f MB", figures.files().bytes() / MB),
                millis(figures.checkpoints()),
                millis(figures.commits()));
    }

    private static String millis(Spread times) {
        return times.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f ms", times.median());
    }

    private static List<String> lines(List<List<String>> rows) {
        int[] widths = IntStream.range(0, HEADS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> padded(row.get(column), widths[column], column == 0))
                        .collect(java.util.stream.Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String padded(String text, int width, boolean left) {
        char[] spaces = new char[width - text.length()];
        Arrays.fill(spaces, ' ');
        String padding = String.valueOf(spaces);
        return left ? text + padding : padding + text;
    }
}
