package dev.firn.spi.source;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.List;

/** Looks at the outside of a source: which streams there are and what they look like. */
public interface SourceInspector extends AutoCloseable {

    /** The streams that the source reads, in the order of the file; what is unreachable, missing or unmappable is reported. */
    List<StreamDescription> streams(Diagnostics diagnostics);

    /**
     * The same, without asking for what they look like: for a source that reads what the file does not name. What is unreachable or missing is
     * reported.
     */
    default List<NamedStream> names(Diagnostics diagnostics) {
        return streams(diagnostics).stream()
                .map(stream -> new NamedStream(stream.name(), stream.span()))
                .toList();
    }

    /**
     * As {@link #streams(Diagnostics)}, but where a registry does not answer, a stream whose newest schema was found before has
     * that one, with a warning.
     */
    default List<StreamDescription> streams(FoundBefore before, Diagnostics diagnostics) {
        return streams(diagnostics);
    }

    /** Where each split would start and where it ends now; throws {@link OutsideException} if it can't be asked. */
    List<SplitRange> ranges();

    /** Whether a split is of one of the streams; what all of them share, as a database's log, is not. */
    default boolean isOfAStream(Split split) {
        return true;
    }

    /**
     * What each split holds now, from its first position to behind its last, whatever the file says of where to start. Streams
     * that are gone are left out; throws {@link OutsideException} if it can't be asked.
     */
    List<SplitRange> extents();

    /**
     * Takes some records as they lie in the streams now, and leaves no trace of it in the source. Streams that are gone are left out;
     * throws {@link OutsideException} if it can't be asked.
     */
    default Sample sample(SampleRequest request) {
        throw new OutsideException("no sample can be taken of this type of source");
    }

    @Override
    void close();
}
