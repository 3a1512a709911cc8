package dev.firn.benchmarks.chart;

import dev.firn.benchmarks.chart.Svg.Anchor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines through points: how something grows with something else.
 *
 * @param title what is shown
 * @param subtitle how it was measured, in a line
 * @param across what stands below, as {@code checkpoint interval (s)}
 * @param up what stands at the side
 * @param series in the order of the legend
 */
public record LineChart(String title, String subtitle, Dimension across, Dimension up, List<Series> series) {

    private static final double TOP = 116;
    private static final double HEIGHT = 300;
    private static final double LEFT = Svg.MARGIN + 56;
    private static final double RIGHT = Svg.WIDTH - Svg.MARGIN - 12;
    private static final double LEGEND = 78;

    /** As many different values are each written below; more would not fit. */
    private static final int FEW = 8;

    /** How values become lengths: with {@code LOGARITHMIC} each step is a multiple. */
    public enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    /** One direction, and what is measured in it. */
    public record Dimension(String name, Scale scale) {}

    /** A line. */
    public record Series(String name, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** What was measured: {@code up} at {@code across}. */
    public record Point(double across, double up) {}

    public LineChart {
        series = List.copyOf(series);
    }

    public String svg() {
        Svg svg = new Svg(title, description());
        svg.text(Svg.MARGIN, 32, Anchor.START, "title", title);
        svg.text(Svg.MARGIN, 54, Anchor.START, "soft", subtitle);
        Palette palette = new Palette(series.stream().map(Series::name).toList());
        Plane plane = plane();
        plane.grid(svg);
        svg.text(LEFT, TOP - 12, Anchor.START, "soft", up.name());
        svg.text((LEFT + RIGHT) / 2, TOP + HEIGHT + 42, Anchor.MIDDLE, "soft", across.name());
        double x = Svg.MARGIN;
        for (int i = 0; i < series.size(); i++) {
            Series line = series.get(i);
            Marker marker = Marker.values()[i % Marker.values().length];
            String colour = palette.of(line.name());
            plane.draw(svg, line, marker, colour);
            svg.path(marker.at(x + 6, LEGEND - 4), colour);
            svg.text(x + 18, LEGEND, Anchor.START, line.name().equals(Palette.FIRN) ? "strong" : "", line.name());
            x += Svg.width(line.name()) + 40;
        }
        return svg.document(TOP + HEIGHT + 60);
    }

    private Plane plane() {
        List<Double> there = points().map(Point::across).distinct().sorted().toList();
        Axis below = Axis.over(axis(across), there);
        return new Plane(
                there.size() <= FEW ? below.withTicks(there) : below,
                Axis.over(axis(up), points().map(Point::up).toList()));
    }

    private Stream<Point> points() {
        return series.stream().flatMap(line -> line.points().stream());
    }

    private static Axis.Scale axis(Dimension dimension) {
        return Axis.Scale.valueOf(dimension.scale().name());
    }

    /** The figures, for whoever does not see them. */
    private String description() {
        return subtitle + ". " + up.name() + " by " + across.name() + ". "
                + series.stream()
                        .map(line -> line.name() + ": "
                                + line.points().stream()
                                        .map(point -> Figure.of(point.up()) + " at " + Figure.of(point.across()))
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    /** Where points lie. */
    private record Plane(Axis across, Axis up) {

        void grid(Svg svg) {
            for (double tick : up.ticks()) {
                svg.line(LEFT, y(tick), RIGHT, y(tick), "grid");
                svg.text(LEFT - 8, y(tick) + 4.5, Anchor.END, "soft", Figure.of(tick));
            }
            double free = 0;
            for (double tick : across.ticks()) {
                svg.line(x(tick), TOP + HEIGHT, x(tick), TOP + HEIGHT + 5, "axis");
                double half = Svg.width(Figure.of(tick)) / 2;
                if (x(tick) - half >= free) {
                    svg.text(x(tick), TOP + HEIGHT + 20, Anchor.MIDDLE, "soft", Figure.of(tick));
                    free = x(tick) + half + 6;
                }
            }
            svg.line(LEFT, TOP + HEIGHT, RIGHT, TOP + HEIGHT, "axis");
        }

        void draw(Svg svg, Series line, Marker marker, String colour) {
            svg.polyline(
                    line.points().stream()
                            .map(point -> Svg.number(x(point.across())) + "," + Svg.number(y(point.up())))
                            .collect(Collectors.joining(" ")),
                    colour);
            line.points().forEach(point -> svg.path(marker.at(x(point.across()), y(point.up())), colour));
        }

        private double x(double value) {
            return LEFT + across.position(value) * (RIGHT - LEFT);
        }

        private double y(double value) {
            return TOP + HEIGHT - up.position(value) * HEIGHT;
        }
    }
}
