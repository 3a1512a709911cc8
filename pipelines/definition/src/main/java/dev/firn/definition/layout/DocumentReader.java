package dev.firn.definition.layout;

import dev.firn.definition.layout.Gaps.Gap;
import dev.firn.definition.layout.Written.Group;
import dev.firn.definition.layout.Written.Leaf;
import dev.firn.definition.layout.Written.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Reads a text of which is known that it is one tree without aliases, anchors and tags, and keeps how it was written. */
final class DocumentReader {

    private final Characters text;
    private final Gaps gaps;
    private final Iterator<Event> events;

    private DocumentReader(String text) {
        this.text = new Characters(text);
        this.gaps = new Gaps(this.text);
        this.events = new Parse(LoadSettings.builder()
                        .setUseMarks(true)
                        .setBufferSize(text.length() + 1024)
                        .build())
                .parseString(text)
                .iterator();
    }

    /** @param text whose lines end with a line feed */
    static Document read(String text) {
        return new DocumentReader(text).document();
    }

    private Document document() {
        Event first = events.next();
        while (!(first instanceof NodeEvent)) {
            first = events.next();
        }
        List<Remark> top = gaps.upTo(start(first)).below();
        Written root = value(first, -1, false);
        List<Remark> footer = new ArrayList<>();
        Gap rest = gaps.upTo(text.size());
        footer.addAll(rest.beside());
        footer.addAll(rest.below());
        int header = root instanceof Group ? endOfHeader(top) : top.size();
        return new Document(
                top.subList(0, header), under(root, top.subList(header, top.size())), footer, gaps.comments());
    }

    /** A comment that an empty line parts from the first section is the file's. */
    private static int endOfHeader(List<Remark> top) {
        int last = top.lastIndexOf(Remark.EMPTY_LINE);
        return Remark.anyComment(top.subList(0, last + 1)) ? last + 1 : 0;
    }

    private Written value(Event event, int outside, boolean inFlow) {
        if (event instanceof ScalarEvent scalar) {
            return leaf(scalar, inFlow, true);
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        return start.isFlow() ? flow(start, inFlow) : block(start, outside);
    }

    private Leaf leaf(ScalarEvent scalar, boolean inFlow, boolean ends) {
        int start = start(scalar);
        int end = end(scalar);
        boolean block = scalar.isLiteral() || scalar.isFolded();
        if (block && !BlockHeader.keeps(text.between(start, text.endOfLine(start)))) {
            end = withoutEmptyEnd(start, end);
        }
        List<String> lines = List.of(text.between(start, end).split("\n", -1));
        if (block) {
            gaps.passTo(start + BlockHeader.length(lines.get(0)));
            List<Remark> beside = gaps.behindValue(false);
            gaps.passTo(end);
            return new Leaf(scalar.getValue(), scalar.getScalarStyle(), lines, beside);
        }
        gaps.passTo(end);
        return new Leaf(scalar.getValue(), scalar.getScalarStyle(), lines, ends ? gaps.behindValue(inFlow) : List.of());
    }

    /** The empty lines that the parser counts as the value's say nothing, so they are remarks. */
    private int withoutEmptyEnd(int start, int end) {
        int last = end;
        while (last > start && (text.at(last - 1) == '\n' || text.at(last - 1) == ' ')) {
            last--;
        }
        return Math.min(end, text.endOfLine(last));
    }

    private Group flow(CollectionStartEvent start, boolean inFlow) {
        boolean mapping = start instanceof MappingStartEvent;
        gaps.passTo(end(start));
        List<Remark> opening = gaps.behindValue(false);
        List<Part> parts = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof CollectionEndEvent)) {
            Gap gap = gaps.upTo(start(event));
            parts.add(
                    mapping ? field(event, gap, -1, true) : item(event, gap, new Gap(List.of(), List.of()), -1, true));
            event = events.next();
        }
        Gap last = gaps.upTo(start(event));
        gaps.passTo(end(event));
        return new Group(mapping, true, parts, opening, joined(last), gaps.behindValue(inFlow));
    }

    private Group block(CollectionStartEvent start, int outside) {
        boolean mapping = start instanceof MappingStartEvent;
        int column = text.column(start(start));
        List<Part> parts = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof CollectionEndEvent)) {
            if (mapping) {
                parts.add(field(event, gaps.upTo(start(event)), column, false));
            } else {
                Gap above = gaps.upToDash(start(event));
                parts.add(item(event, above, gaps.upTo(start(event)), column, false));
            }
            event = events.next();
        }
        // The dashes of a list may stand right under its key: what follows in that column is the key's neighbour's.
        List<Remark> ending = gaps.endOfBlock(Math.max(column, outside + 1), start(event));
        return new Group(mapping, false, parts, List.of(), ending, List.of());
    }

    private Part field(Event event, Gap above, int column, boolean inFlow) {
        Leaf key = leaf((ScalarEvent) event, inFlow, false);
        Event value = events.next();
        Gap between = gaps.upTo(start(value));
        List<Remark> before = joined(above);
        before.addAll(key.beside());
        return part(Optional.of(key), before, between, value(value, column, inFlow));
    }

    private Part item(Event event, Gap above, Gap between, int column, boolean inFlow) {
        return part(Optional.empty(), joined(above), between, value(event, column, inFlow));
    }

    private static Part part(Optional<Leaf> key, List<Remark> above, Gap between, Written value) {
        boolean taken = value instanceof Group group && !group.parts().isEmpty();
        return new Part(
                key,
                above,
                between.beside(),
                taken ? List.of() : between.below(),
                taken ? under(value, between.below()) : value);
    }

    /** What stands above a group stands above its first part. */
    private static Written under(Written value, List<Remark> remarks) {
        if (!(value instanceof Group group) || group.parts().isEmpty()) {
            return value;
        }
        List<Part> parts = new ArrayList<>(group.parts());
        List<Remark> above = new ArrayList<>(remarks);
        above.addAll(parts.get(0).above());
        parts.set(0, parts.get(0).withAbove(above));
        return group.with(parts);
    }

    private static List<Remark> joined(Gap gap) {
        List<Remark> all = new ArrayList<>(gap.beside());
        all.addAll(gap.below());
        return all;
    }

    private static int start(Event event) {
        return event.getStartMark().map(Mark::getIndex).orElseThrow();
    }

    private static int end(Event event) {
        return event.getEndMark().map(Mark::getIndex).orElseThrow();
    }
}
