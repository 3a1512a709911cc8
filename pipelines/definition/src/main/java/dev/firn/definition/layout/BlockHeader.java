package dev.firn.definition.layout;

/** The line that opens a block of text: {@code |}, {@code >-}, {@code |2+}. */
final class BlockHeader {

    private BlockHeader() {}

    static int length(String line) {
        int length = 1;
        while (length < line.length() && "+-0123456789".indexOf(line.charAt(length)) >= 0) {
            length++;
        }
        return length;
    }

    /** Whether the empty lines at the end of the block are part of the text. */
    static boolean keeps(String line) {
        return line.substring(0, length(line)).contains("+");
    }

    static boolean indents(String line) {
        return line.substring(0, length(line)).chars().anyMatch(Character::isDigit);
    }
}
