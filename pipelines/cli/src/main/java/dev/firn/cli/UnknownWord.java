package dev.firn.cli;

import java.util.SortedSet;
import java.util.TreeSet;

/** An option takes some words, and got another one. */
final class UnknownWord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String word;
    private final TreeSet<String> known;

    UnknownWord(String word, SortedSet<String> known) {
        super("unknown word " + word);
        this.word = word;
        this.known = new TreeSet<>(known);
    }

    String word() {
        return word;
    }

    SortedSet<String> known() {
        return known;
    }
}
