package dev.firn.cli.help;

/** Words of commands that are shown to be copied. */
public final class ShellWord {

    private ShellWord() {}

    /** In quotes where a shell would split it, or take it for something else. */
    public static String of(String word) {
        return word.matches("[\\p{L}\\p{N}_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
