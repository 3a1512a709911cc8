package dev.firn.it.testing;

/** Tells the proxy in front of a Postgres which statements to cut the connection at. */
public record CutControl(ControlEndpoint proxy) {

    /** Each line is met once: {@code before}, {@code after} or {@code pause}, and a part of the statement. */
    public void cut(String... cuts) {
        proxy.ask("POST", "/cuts", String.join("\n", cuts));
    }

    /** Returns when a statement has been answered and its connection waits to be cut. */
    public void awaitPaused() {
        proxy.ask("GET", "/cuts/paused", "");
    }

    public void go() {
        proxy.ask("POST", "/cuts/go", "");
    }

    /** How many cuts nobody has met so far. */
    public int left() {
        return Integer.parseInt(proxy.ask("GET", "/cuts", ""));
    }
}
