package dev.firn.benchmarks.page;

/** A page with parts that are made: {@code <!-- NAME: made by ... -->} to {@code <!-- end of NAME -->}. */
final class MarkedText {

    private String text;

    MarkedText(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the page has no such part */
    void replace(String name, String made) {
        int begin = text.indexOf("<!-- " + name + ":");
        int from = begin < 0 ? -1 : text.indexOf("-->", begin);
        int to = text.indexOf("<!-- end of " + name + " -->");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no part `" + name + "`");
        }
        text = text.substring(0, from + "-->".length()) + "\n\n" + made + "\n\n" + text.substring(to);
    }

    @Override
    public String toString() {
        return text;
    }
}
