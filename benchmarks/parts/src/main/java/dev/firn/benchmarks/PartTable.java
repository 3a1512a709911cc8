package dev.firn.benchmarks;

import dev.firn.benchmarks.Part.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The medians of all rounds as a Markdown table. */
final class PartTable {

    private final Part part;

    PartTable(Part part) {
        this.part = part;
    }

    List<String> header() {
        List<String> cells =
                new ArrayList<>(List.of(part.parameter(), part.size().title()));
        part.ways().forEach(way -> cells.add(way.title()));
        part.others().forEach(other -> cells.add("ratio to: " + other.title()));
        cells.add("wall time: " + titles());
        cells.add("allocated: " + titles());
        return List.of(line(cells), "|---".repeat(cells.size()) + "|");
    }

    /** @param seen the rounds of each way, by its method */
    String row(String value, Map<String, List<Figures>> seen) {
        List<String> cells =
                new ArrayList<>(List.of(Part.word(value), part.size().of().apply(value)));
        part.ways()
                .forEach(way -> cells.add(time(median(seen, way, Figures::cpu)) + " "
                        + part.unit().word()));
        for (Way other : part.others()) {
            cells.add("**" + Figures.ratio(of(seen, part.firn()), of(seen, other)) + "**");
        }
        cells.add(each(seen, Figures::wall, this::time) + " " + part.unit().word());
        cells.add(each(seen, Figures::allocated, bytes -> String.format(Locale.ROOT, "%,.0f", bytes)) + " B");
        return line(cells);
    }

    private String titles() {
        return part.ways().stream().map(Way::method).collect(Collectors.joining(", "));
    }

    private String each(
            Map<String, List<Figures>> seen, ToDoubleFunction<Figures> figure, DoubleFunction<String> words) {
        return part.ways().stream()
                .map(way -> words.apply(median(seen, way, figure)))
                .collect(Collectors.joining(", "));
    }

    private String time(double nanoseconds) {
        double value = nanoseconds / part.unit().nanoseconds();
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static double median(Map<String, List<Figures>> seen, Way way, ToDoubleFunction<Figures> figure) {
        return Figures.median(of(seen, way), figure);
    }

    private static List<Figures> of(Map<String, List<Figures>> seen, Way way) {
        List<Figures> figures = seen.getOrDefault(way.method(), List.of());
        if (figures.isEmpty()) {
            throw new IllegalStateException("our bug: nothing was measured of " + way.method());
        }
        return figures;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
