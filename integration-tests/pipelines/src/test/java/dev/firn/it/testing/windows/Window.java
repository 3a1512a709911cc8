package dev.firn.it.testing.windows;

/** A moment on an epoch's way in which its process may die. */
public enum Window {
    CONFIRMED("confirmed, not in the ledger"),
    WRITTEN_AHEAD("in the ledger, in no table"),
    HALF_COMMITTED("in the ledger, in one table of several"),
    COMMITTED("in its tables, no checkpoint since");

    private final String words;

    Window(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
