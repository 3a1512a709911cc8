package dev.firn.schema.binding;

/** Someone else's text, short and printable, for a message. */
public final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    public static String of(String text) {
        int cut = Math.min(text.length(), LONGEST);
        StringBuilder shown = new StringBuilder(cut + 1);
        for (int i = 0; i < cut; i++) {
            char next = text.charAt(i);
            // Half a character would print as rubbish, and a control character could rewrite a terminal's line.
            shown.append(Character.isISOControl(next) || Character.isSurrogate(next) ? '?' : next);
        }
        return cut < text.length() ? shown.append('…').toString() : shown.toString();
    }
}
