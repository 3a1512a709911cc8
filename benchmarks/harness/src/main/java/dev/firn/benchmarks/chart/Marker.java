package dev.firn.benchmarks.chart;

/** A shape around a point, so that lines can be told apart without their colours. */
enum Marker {
    CIRCLE("m-5,0 a5,5 0 1,0 10,0 a5,5 0 1,0 -10,0 z"),
    SQUARE("m-4.5,-4.5 h9 v9 h-9 z"),
    TRIANGLE("m0,-6 l6,10.5 h-12 z"),
    DIAMOND("m0,-6.5 l6.5,6.5 l-6.5,6.5 l-6.5,-6.5 z"),
    TURNED_TRIANGLE("m0,6 l6,-10.5 h-12 z"),
    CROSS("m-1.8,-5.5 h3.6 v3.7 h3.7 v3.6 h-3.7 v3.7 h-3.6 v-3.7 h-3.7 v-3.6 h3.7 z");

    private final String outline;

    Marker(String outline) {
        this.outline = outline;
    }

    String at(double x, double y) {
        return "M" + Svg.number(x) + "," + Svg.number(y) + " " + outline;
    }
}
