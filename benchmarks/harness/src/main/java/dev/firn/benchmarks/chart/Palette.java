package dev.firn.benchmarks.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Colours after Okabe and Ito, which people tell apart who see fewer, and which stand out from white and from black. Firn's is
 * the same in each chart, and nobody else's.
 */
final class Palette {

    static final String FIRN = "Firn";

    private static final String FIRN_COLOUR = "#0072b2";
    private static final List<String> OTHERS = List.of("#d55e00", "#009e73", "#cc79a7", "#8b7d3a", "#7a828e");

    private final Map<String, String> colours = new LinkedHashMap<>();

    /** @param names in the order in which the others get their colours */
    Palette(List<String> names) {
        colours.put(FIRN, FIRN_COLOUR);
        names.forEach(name -> colours.computeIfAbsent(name, any -> OTHERS.get((colours.size() - 1) % OTHERS.size())));
    }

    String of(String name) {
        String colour = colours.get(name);
        if (colour == null) {
            throw new IllegalStateException("our bug: no colour for " + name);
        }
        return colour;
    }
}
