package dev.firn.spi.source;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code source:} of a file that somebody proposes.
 *
 * @param lines what stands under {@code source:}, as YAML with comments, not indented
 * @param secrets what its references stand for, by the whole reference; never printed
 * @param remarks what its reader should know besides, a sentence each
 */
public record ProposedSource(List<String> lines, SortedMap<String, String> secrets, List<String> remarks) {

    public ProposedSource {
        lines = List.copyOf(lines);
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        remarks = List.copyOf(remarks);
    }

    /** Secrets stay out of logs and of messages. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
