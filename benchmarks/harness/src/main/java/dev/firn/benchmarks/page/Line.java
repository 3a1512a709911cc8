package dev.firn.benchmarks.page;

import java.util.List;

/** A straight line: what grows evenly. */
record Line(double start, double slope) {

    /** The one with the least squares of distances to points of two numbers each. */
    static Line through(List<double[]> points) {
        double across = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
        double up = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
        double covariance = points.stream()
                .mapToDouble(point -> (point[0] - across) * (point[1] - up))
                .sum();
        double variance = points.stream()
                .mapToDouble(point -> (point[0] - across) * (point[0] - across))
                .sum();
        double slope = variance == 0 ? 0 : covariance / variance;
        return new Line(up - slope * across, slope);
    }

    double at(double across) {
        return start + slope * across;
    }
}
