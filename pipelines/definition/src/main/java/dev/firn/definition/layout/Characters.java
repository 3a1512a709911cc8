package dev.firn.definition.layout;

/** A text by its characters, as the parser's marks count them: two UTF-16 units can be one. */
record Characters(int[] all) {

    Characters(String text) {
        this(text.codePoints().toArray());
    }

    static int width(String line) {
        return line.codePointCount(0, line.length());
    }

    int at(int index) {
        return index >= 0 && index < all.length ? all[index] : '\n';
    }

    int size() {
        return all.length;
    }

    String between(int start, int end) {
        return new String(all, start, Math.max(0, Math.min(end, all.length) - start));
    }

    /** The index of the break that ends a character's line, or of the text's end. */
    int endOfLine(int index) {
        int end = index;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        return end;
    }

    int column(int index) {
        int start = index;
        while (start > 0 && all[start - 1] != '\n') {
            start--;
        }
        return index - start;
    }

    static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }
}
