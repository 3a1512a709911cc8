package dev.firn.cli.peer;

import dev.firn.definition.selector.InvalidSelector;
import dev.firn.definition.selector.RouteTarget;
import dev.firn.definition.selector.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code route} of Flink CDC: source tables to sink tables. */
record CdcRoutes(Map<String, Line> lines) {

    /** Where tables go that no line names: one that is called as they are. */
    private static final String OTHERS = "*.*";

    private static final String SAME_NAME = "$1.$2";

    /** What becomes one line here: the source, with a group for the table's name where a target has it. */
    private record Line(String from, List<String> to, Setting sink) {

        private Line also(Line other) {
            return new Line(
                    from.contains("(") ? from : other.from,
                    Stream.concat(to.stream(), other.to.stream()).toList(),
                    sink);
        }
    }

    static CdcRoutes read(Settings settings, Findings findings, Values values) {
        Map<String, Line> lines = new LinkedHashMap<>();
        List<Setting> rules = new ArrayList<>();
        boolean firstWins = settings.look("pipeline.route-mode")
                .filter(setting -> setting.text().strip().equalsIgnoreCase("FIRST_MATCH"))
                .isPresent();
        int items = settings.items("route");
        for (int index = 0; index < items; index++) {
            String place = "route[" + index + "].";
            settings.take(place + "description")
                    .ifPresent(description -> findings.leftOut(
                            List.of(description), "a sentence about the line", "write it as a comment"));
            Optional<Setting> source = settings.take(place + "source-table");
            Optional<Setting> sink = settings.take(place + "sink-table");
            Optional<Setting> symbol = settings.take(place + "replace-symbol")
                    .filter(setting -> !setting.text().isEmpty());
            if (source.isEmpty() || sink.isEmpty()) {
                findings.leftOut(
                        Stream.of(source, sink, symbol)
                                .flatMap(Optional::stream)
                                .toList(),
                        "a line without a source or without a sink",
                        "nothing takes its place");
                continue;
            }
            rules.add(source.get());
            String selector = CdcNames.selector(values.bare(source.get()));
            Line line = symbol.map(sign -> withName(source.get(), sink.get(), sign, findings))
                    .orElseGet(() -> new Line(selector, List.of(values.bare(sink.get())), sink.get()));
            if (firstWins && lines.containsKey(selector)) {
                findings.leftOut(
                        List.of(sink.get()),
                        "a line that is never reached, for one above has the same source",
                        "it is gone");
            } else {
                lines.merge(selector, line, Line::also);
            }
        }
        order(settings, findings, rules);
        return new CdcRoutes(lines);
    }

    private static Line withName(Setting source, Setting sink, Setting sign, Findings findings) {
        CdcNames.Captured captured = CdcNames.captured(source.text());
        findings.differs(
                List.of(sign),
                "a sign of your own stands for the table's name",
                "`$1` and so on stand for what a `*` or a group took");
        return new Line(captured.selector(), List.of(sink.text().strip().replace(sign.text(), captured.name())), sink);
    }

    private static void order(Settings settings, Findings findings, List<Setting> rules) {
        Optional<Setting> mode = settings.take("pipeline.route-mode");
        boolean first = mode.filter(setting -> setting.text().strip().equalsIgnoreCase("FIRST_MATCH"))
                .isPresent();
        List<Setting> about = new ArrayList<>(mode.stream().toList());
        about.addAll(rules);
        if (first) {
            findings.differs(about, "the first line that matches a table wins", "so it is here");
        } else if (rules.size() > 1) {
            findings.danger(
                    about,
                    "a table goes to the sink tables of all lines that match it",
                    "the first line that matches wins: where two match one table, give the first of them a list of"
                            + " tables. Lines with the same source are one line with a list already");
        } else {
            findings.differs(about, "all lines that match a table apply", "the first one does");
        }
    }

    void write(Part file) {
        lines.values().forEach(line -> {
            Part written = file.add("route");
            written.put("from", Part.text(line.from), "source-table");
            written.put("to", line.to.size() == 1 ? Part.text(line.to.get(0)) : Part.list(line.to), line.sink);
        });
        if (!lines.containsKey(OTHERS)) {
            Part written = file.add("route");
            written.put("from", Part.text(OTHERS), "");
            written.put("to", Part.text(SAME_NAME), "what no line matches keeps its name");
        }
    }

    /** The tables that rows of a source table go to, as an entry of {@code tables} selects them; none where that is not sure. */
    List<String> tablesOf(String source) {
        String selector = CdcNames.selector(source);
        Line same = lines.get(selector);
        if (same != null) {
            return same.to.stream().map(CdcRoutes::anything).toList();
        }
        List<String> parts = CdcNames.parts(source);
        if (parts.stream().allMatch(CdcNames::isName)) {
            return ofName(String.join(".", parts));
        }
        return lines.isEmpty() && !selector.startsWith("/") ? List.of(selector) : List.of();
    }

    private List<String> ofName(String name) {
        for (Line line : lines.values()) {
            Optional<List<String>> groups = match(line.from, name);
            if (groups.isPresent()) {
                return line.to.stream()
                        .map(target -> new RouteTarget(target).expand(name, groups.get()))
                        .toList();
            }
        }
        return List.of(name);
    }

    private static Optional<List<String>> match(String selector, String name) {
        try {
            return Selector.parse(selector).match(name);
        } catch (InvalidSelector e) {
            return Optional.empty();
        }
    }

    private static String anything(String target) {
        return target.replaceAll("\\$\\d+", "*");
    }
}
