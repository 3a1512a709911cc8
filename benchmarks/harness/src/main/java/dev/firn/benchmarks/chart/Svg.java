package dev.firn.benchmarks.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** An SVG document of one width, which grows downwards. It brings its ground, so that any page may hold it. */
final class Svg {

    static final int WIDTH = 760;
    static final int MARGIN = 24;

    /** About what a letter of the small size takes; which font it will be is not known. */
    private static final double LETTER = 7;

    private final String title;
    private final String description;
    private final StringBuilder body = new StringBuilder();

    Svg(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /** Where a text is held. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    static double width(String text) {
        return LETTER * text.length();
    }

    void text(double x, double y, Anchor anchor, String style, String text) {
        element("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(style, number(x), number(y), anchor.name().toLowerCase(Locale.ROOT), escaped(text)));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        element("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(style, number(x1), number(y1), number(x2), number(y2)));
    }

    void rectangle(double x, double y, double width, double height, String fill) {
        element("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" fill=\"%s\"/>"
                .formatted(number(x), number(y), number(width), number(height), fill));
    }

    void polyline(String points, String stroke) {
        element("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>".formatted(points, stroke));
    }

    void path(String path, String fill) {
        element("<path d=\"%s\" fill=\"%s\"/>".formatted(path, fill));
    }

    private void element(String element) {
        body.append("  ").append(element).append('\n');
    }

    String document(double height) {
        String size = number(height);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" width="%d" height="%s" viewBox="0 0 %d %s" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif">
                  <title id="title">%s</title>
                  <desc id="description">%s</desc>
                  <style>
                    text { font-size: 13px; fill: #1f2328 }
                    .title { font-size: 17px; font-weight: 600 }
                    .strong { font-weight: 600 }
                    .soft { fill: #59636e }
                    .ground { fill: #ffffff; stroke: #d1d9e0 }
                    .grid { stroke: #d1d9e0 }
                    .axis { stroke: #59636e }
                    .spread { stroke: #1f2328; stroke-width: 1.5 }
                    @media (prefers-color-scheme: dark) {
                      text { fill: #f0f6fc }
                      .soft { fill: #9198a1 }
                      .ground { fill: #0d1117; stroke: #3d444d }
                      .grid { stroke: #2a313c }
                      .axis { stroke: #9198a1 }
                      .spread { stroke: #f0f6fc }
                    }
                  </style>
                  <rect class="ground" x="0.5" y="0.5" width="%s" height="%s" rx="6"/>
                %s</svg>
                """
                .formatted(
                        WIDTH,
                        size,
                        WIDTH,
                        size,
                        escaped(title),
                        escaped(description),
                        number(WIDTH - 1),
                        number(height - 1),
                        body);
    }

    /** With one decimal at most, so that no two machines write it differently. */
    static String number(double number) {
        return BigDecimal.valueOf(number)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
