package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a file says of the streams that a source reads: the names of some, and what selects others, of which the outside alone knows
 * the names.
 *
 * @param lines in the order of the file
 * @param exclude what is not read though a line selects or names it
 */
public record StreamSelection(List<Line> lines, List<Selector> exclude) {

    /** Of a source that reads what the file names, and nothing else. */
    public static final StreamSelection NONE = new StreamSelection(List.of(), List.of());

    /** One of the list and its place in the file; a name, where nothing selects. */
    public record Line(String text, Optional<Selector> selector, SourceSpan span) {

        static boolean selects(Line line, String stream) {
            return line.selector().filter(selector -> selector.matches(stream)).isPresent();
        }
    }

    public StreamSelection {
        lines = List.copyOf(lines);
        exclude = List.copyOf(exclude);
    }

    /** The streams that the file names, each once. */
    public List<NamedStream> named() {
        Map<String, NamedStream> named = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.selector().isEmpty() && !isExcluded(line.text())) {
                named.putIfAbsent(line.text(), new NamedStream(line.text(), line.span()));
            }
        }
        return List.copyOf(named.values());
    }

    private boolean isExcluded(String stream) {
        return exclude.stream().anyMatch(excluded -> excluded.matches(stream));
    }

    /** Whether it may read streams that the file does not name. */
    public boolean isOpen() {
        return !selecting().isEmpty();
    }

    /** The lines that select. */
    public List<Line> selecting() {
        return lines.stream().filter(line -> line.selector().isPresent()).toList();
    }

    /** The stream of that name, if it is read where it is there. */
    public Optional<NamedStream> of(String stream) {
        return named().stream()
                .filter(named -> named.name().equals(stream))
                .findFirst()
                .or(() -> isExcluded(stream)
                        ? Optional.empty()
                        : selecting().stream()
                                .filter(line -> Line.selects(line, stream))
                                .findFirst()
                                .map(line -> new NamedStream(stream, line.span())));
    }

    /** The streams that are read where there are these: those that the file names, there or not, and behind them by name what it selects. */
    public List<NamedStream> among(Collection<String> there) {
        Map<String, NamedStream> streams = new LinkedHashMap<>();
        named().forEach(stream -> streams.put(stream.name(), stream));
        new TreeSet<>(there).forEach(name -> of(name).ifPresent(stream -> streams.putIfAbsent(name, stream)));
        return new ArrayList<>(streams.values());
    }

    /** The lines that select none of these, or only what is excluded. */
    public List<Line> unmatched(Collection<String> there) {
        return selecting().stream()
                .filter(line -> there.stream().noneMatch(name -> Line.selects(line, name) && !isExcluded(name)))
                .toList();
    }
}
