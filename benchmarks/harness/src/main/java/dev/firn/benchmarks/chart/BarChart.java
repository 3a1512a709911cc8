package dev.firn.benchmarks.chart;

import dev.firn.benchmarks.chart.Svg.Anchor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lying bars in groups, each with its name, its figure and how far the measurements of it lie apart.
 *
 * @param title what is compared
 * @param subtitle how it was measured, in a line; and what is better
 * @param unit of all values
 * @param scale whether lengths of different groups compare
 */
public record BarChart(String title, String subtitle, String unit, Scale scale, List<Group> groups) {

    private static final double TOP = 72;
    private static final double HEADING = 26;
    private static final double PITCH = 22;
    private static final double BAR = 15;
    private static final double GAP = 12;

    /** For the figure beyond the longest bar. */
    private static final double FIGURE = 70;

    /** What the lengths of bars are measured by. */
    public enum Scale {
        /** One scale for all groups, with an axis. */
        SHARED,
        /** The longest of each group has the full length: for groups whose figures lie far apart. */
        OF_EACH_GROUP
    }

    /** Bars that are compared with each other. */
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    /**
     * One bar.
     *
     * @param name {@code Firn}, or another's; the same name has the same colour in all groups
     * @param low the least that was measured
     * @param high the most that was measured
     */
    public record Bar(String name, double value, double low, double high) {}

    public BarChart {
        groups = List.copyOf(groups);
    }

    public String svg() {
        Svg svg = new Svg(title, description());
        svg.text(Svg.MARGIN, 32, Anchor.START, "title", title);
        svg.text(Svg.MARGIN, 54, Anchor.START, "soft", subtitle);
        Palette palette = new Palette(bars(groups).stream().map(Bar::name).toList());
        double left = Svg.MARGIN
                + bars(groups).stream()
                        .mapToDouble(bar -> Svg.width(bar.name()))
                        .max()
                        .orElse(0)
                + 12;
        double bottom = TOP + groups.stream().mapToDouble(BarChart::height).sum();
        Axis shared = axis(groups);
        double y = TOP;
        for (Group group : groups) {
            Axis axis = scale == Scale.SHARED ? shared : axis(List.of(group)).withTicks(List.of(0.0));
            new Rows(svg, palette, axis, left).draw(group, y);
            y += height(group);
        }
        if (scale == Scale.OF_EACH_GROUP) {
            svg.text(left, bottom + 12, Anchor.START, "soft", unit + ", each group on a scale of its own");
            return svg.document(bottom + 28);
        }
        for (double tick : shared.ticks()) {
            double x = left + shared.position(tick) * (end() - left);
            svg.text(x, bottom + 8, Anchor.MIDDLE, "soft", Figure.of(tick));
        }
        svg.text((left + end()) / 2, bottom + 30, Anchor.MIDDLE, "soft", unit);
        return svg.document(bottom + 46);
    }

    /** The figures, for whoever does not see them. */
    private String description() {
        return subtitle + ". "
                + groups.stream()
                        .map(group -> group.name() + ": "
                                + group.bars().stream()
                                        .map(bar -> bar.name() + " " + Figure.of(bar.value()) + " ("
                                                + Figure.of(bar.low()) + " to " + Figure.of(bar.high()) + ")")
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "))
                + "; in " + unit + ".";
    }

    private static double end() {
        return Svg.WIDTH - Svg.MARGIN - FIGURE;
    }

    private static double height(Group group) {
        return HEADING + group.bars().size() * PITCH + GAP;
    }

    private static Axis axis(List<Group> groups) {
        return Axis.over(
                Axis.Scale.LINEAR,
                bars(groups).stream()
                        .map(bar -> Math.max(bar.value(), bar.high()))
                        .toList());
    }

    private static List<Bar> bars(List<Group> groups) {
        return groups.stream().flatMap(group -> group.bars().stream()).toList();
    }

    /** Draws the bars of a group. */
    private record Rows(Svg svg, Palette palette, Axis axis, double left) {

        void draw(Group group, double top) {
            svg.text(Svg.MARGIN, top + 15, Anchor.START, "strong", group.name());
            double y = top + HEADING;
            double bottom = top + height(group) - GAP;
            axis.ticks().forEach(tick -> svg.line(x(tick), y - 4, x(tick), bottom, tick == 0 ? "axis" : "grid"));
            for (int i = 0; i < group.bars().size(); i++) {
                draw(group.bars().get(i), y + i * PITCH);
            }
        }

        private void draw(Bar bar, double y) {
            double middle = y + BAR / 2;
            String style = bar.name().equals(Palette.FIRN) ? "strong" : "";
            svg.text(left - 8, middle + 4.5, Anchor.END, style, bar.name());
            svg.rectangle(left, y, x(bar.value()) - left, BAR, palette.of(bar.name()));
            if (bar.high() > bar.low()) {
                svg.line(x(bar.low()), middle, x(bar.high()), middle, "spread");
                svg.line(x(bar.low()), middle - 4, x(bar.low()), middle + 4, "spread");
                svg.line(x(bar.high()), middle - 4, x(bar.high()), middle + 4, "spread");
            }
            double beyond = x(Math.max(bar.value(), bar.high())) + 8;
            svg.text(beyond, middle + 4.5, Anchor.START, style, Figure.of(bar.value()));
        }

        private double x(double value) {
            return left + axis.position(value) * (end() - left);
        }
    }
}
