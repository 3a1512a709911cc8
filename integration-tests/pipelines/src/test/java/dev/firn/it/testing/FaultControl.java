package dev.firn.it.testing;

import java.util.List;

/** Tells the proxy in front of a REST catalog what to do to the requests that come next. */
public record FaultControl(ControlEndpoint proxy) {

    /** Each line is one fault, for example {@code on=commit table=orders place=after answer=502 times=20}. */
    public void meet(List<String> faults) {
        proxy.ask("POST", "/faults", String.join("\n", faults));
    }

    /** Returns when a request waits for {@link #go}. */
    public void awaitPaused() {
        proxy.ask("GET", "/faults/paused", "");
    }

    public void go() {
        proxy.ask("POST", "/faults/go", "");
    }

    /** Sends the requests that were kept; answers the catalog's statuses. */
    public List<String> deliver() {
        return lines(proxy.ask("POST", "/faults/deliver", ""));
    }

    /** From now on a table is answered as it is when it is asked for next. */
    public void stale() {
        proxy.ask("POST", "/faults/stale", "");
    }

    public void fresh() {
        proxy.ask("POST", "/faults/fresh", "");
    }

    /** How many faults nobody has met so far. */
    public int left() {
        return Integer.parseInt(proxy.ask("GET", "/faults", ""));
    }

    public void forget() {
        proxy.ask("DELETE", "/faults", "");
    }

    /** What came since the last time: kind, table, the catalog's status or a dash, what the client was answered. */
    public List<String> seen() {
        return lines(proxy.ask("DELETE", "/faults/seen", ""));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
