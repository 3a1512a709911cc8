package dev.firn.cli.completion;

import java.util.List;

/**
 * What can stand behind a verb.
 *
 * @param path the words before it: {@code schema pull}; nothing for the command itself
 * @param words verbs below it, or words that its argument can be, with what each is for
 * @param options by their names
 * @param files whether its arguments are files
 */
record Offer(String path, List<Word> words, List<OptionOffer> options, boolean files) {

    /** A word, and what it is for. */
    record Word(String word, String says) {}

    /**
     * An option.
     *
     * @param values those that it can have; nothing where any will do
     */
    record OptionOffer(String name, String says, List<String> values, boolean takesValue) {}

    String optionNames() {
        return String.join(" ", options.stream().map(OptionOffer::name).toList());
    }

    String wordList() {
        return String.join(" ", words.stream().map(Word::word).toList());
    }
}
