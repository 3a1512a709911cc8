package dev.firn.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.chart.BarChart.Bar;
import dev.firn.benchmarks.chart.BarChart.Group;
import dev.firn.benchmarks.chart.LineChart.Dimension;
import dev.firn.benchmarks.chart.LineChart.Point;
import dev.firn.benchmarks.chart.LineChart.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ChartGoldenTest {

    private static final Path FILES = Path.of("src", "test", "resources", "chart");
    private static final String REWRITE =
            "mvn -pl benchmarks/harness -am test -Dtest=ChartGoldenTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    private static final List<Group> GROUPS = List.of(
            new Group("narrow", List.of(new Bar("Firn", 1.27, 1.2, 1.31), new Bar("Flink SQL", 2.16, 2.16, 2.16))),
            new Group("wide", List.of(new Bar("Firn", 30.5, 29, 33), new Bar("Flink SQL", 41.25, 40, 47.9))));

    private static final BarChart BARS = new BarChart(
            "CPU time per record", "medians of 5; less is better", "CPU µs per record", BarChart.Scale.SHARED, GROUPS);

    private static final LineChart LINES = new LineChart(
            "Cost by the number of tables",
            "2,000,000 records in all",
            new Dimension("tables", LineChart.Scale.LOGARITHMIC),
            new Dimension("CPU µs per record", LineChart.Scale.LINEAR),
            List.of(
                    new Series("FlinkSink", List.of(new Point(1, 7.1), new Point(10, 9.5))),
                    new Series("Firn", List.of(new Point(1, 6.2), new Point(10, 6.4), new Point(100, 8)))));

    @Test
    void drawsBars() throws IOException {
        assertGolden("bars.svg", BARS.svg());
    }

    @Test
    void drawsBarsOnAScaleOfEachGroup() throws IOException {
        BarChart chart = new BarChart(BARS.title(), BARS.subtitle(), BARS.unit(), BarChart.Scale.OF_EACH_GROUP, GROUPS);

        assertGolden("bars-of-each-group.svg", chart.svg());
    }

    @Test
    void drawsLines() throws IOException {
        assertGolden("lines.svg", LINES.svg());
    }

    @Test
    void tellsItsFiguresToWhoeverDoesNotSeeThem() throws Exception {
        assertThat(text(BARS.svg(), "title")).isEqualTo("CPU time per record");
        assertThat(text(BARS.svg(), "desc"))
                .isEqualTo(
                        "medians of 5; less is better. narrow: Firn 1.27 (1.2 to 1.31), Flink SQL 2.16 (2.16 to 2.16); "
                                + "wide: Firn 30.5 (29 to 33), Flink SQL 41.3 (40 to 47.9); in CPU µs per record.");
        assertThat(text(LINES.svg(), "desc"))
                .isEqualTo("2,000,000 records in all. CPU µs per record by tables. "
                        + "FlinkSink: 7.1 at 1, 9.5 at 10; Firn: 6.2 at 1, 6.4 at 10, 8 at 100.");
    }

    @Test
    void isXmlWhateverStandsInIt() throws Exception {
        BarChart chart = new BarChart(
                "a < b & c > d",
                "\"quoted\"",
                "µs",
                BarChart.Scale.SHARED,
                List.of(new Group("<g>", List.of(new Bar("&", 1, 1, 1)))));

        assertThat(text(chart.svg(), "title")).isEqualTo("a < b & c > d");
    }

    @Test
    void givesFirnOneColourAndNobodyElse() {
        List<String> many = IntStream.range(0, 12).mapToObj(i -> "peer " + i).toList();
        Palette palette = new Palette(many);

        assertThat(many).extracting(palette::of).doesNotContain(palette.of("Firn"));
        assertThat(new Palette(List.of("x", "Firn")).of("Firn")).isEqualTo(palette.of("Firn"));
        assertThat(many.subList(0, 5)).extracting(palette::of).doesNotHaveDuplicates();
    }

    @Test
    void writesThreeDigitsThatCount() {
        assertThat(List.of(0.0534, 1.275, 12.25, 123.4, 1_234.0, 0.0, 60.0))
                .extracting(Figure::of)
                .containsExactly("0.0534", "1.28", "12.3", "123", "1,230", "0", "60");
    }

    private static String text(String svg, String element) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        NodeList found = document.getElementsByTagName(element);
        assertThat(found.getLength()).isEqualTo(1);
        return found.item(0).getTextContent();
    }

    private static void assertGolden(String name, String svg) throws IOException {
        Path file = FILES.resolve(name);
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(file, svg);
        }
        assertThat(svg)
                .as("%s; if the new picture is right, look at it, and write it with: %s", file, REWRITE)
                .isEqualTo(Files.exists(file) ? Files.readString(file) : "(there is no " + file + ")");
    }
}
