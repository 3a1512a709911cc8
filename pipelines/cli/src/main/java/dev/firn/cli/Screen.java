package dev.firn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The two streams: the result on {@code out}, progress and diagnostics on {@code err}. Several threads may write; a line
 * is written as a whole.
 */
public final class Screen {

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final boolean live;
    private final Optional<BufferedReader> answers;
    private int liveLength;

    /**
     * @param environment decides whether {@code err} is a terminal that may be written over, and whether there is anybody to
     *     ask; the launcher says so
     */
    public Screen(PrintStream out, PrintStream err, Map<String, String> environment) {
        this(out, err, System.in, environment);
    }

    /** @param in where answers come from */
    public Screen(PrintStream out, PrintStream err, InputStream in, Map<String, String> environment) {
        this.answers = "1".equals(environment.get("FIRN_ASKS"))
                ? Optional.of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)))
                : Optional.empty();
        this.out = out;
        this.err = err;
        this.in = in;
        this.live = "1".equals(environment.get("FIRN_TERMINAL"))
                && !environment.containsKey("NO_COLOR")
                && !"dumb".equals(environment.get("TERM"));
    }

    /** A line, or lines, of the result. */
    public synchronized void result(String text) {
        clearLive();
        out.print(text);
        out.flush();
    }

    /** A line of progress that stays. */
    public synchronized void progress(String line) {
        clearLive();
        err.println(line);
    }

    /** Text that is printed as it is, on the side of progress. */
    public synchronized void diagnostics(String text) {
        clearLive();
        err.print(text);
        err.flush();
    }

    /** A line that the next one replaces; without a terminal it is not printed at all. */
    public synchronized void live(String line) {
        if (live) {
            String padded = line + " ".repeat(Math.max(0, liveLength - line.length()));
            err.print("\r" + padded);
            err.flush();
            liveLength = line.length();
        }
    }

    /** Whether there is somebody to ask. */
    public boolean asks() {
        return answers.isPresent();
    }

    /** Asks something and waits for the answer; empty where there is nobody to ask, and empty text where nothing is said. */
    public synchronized Optional<String> ask(String question) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        clearLive();
        err.print(question + " ");
        err.flush();
        try {
            String answer = answers.get().readLine();
            return Optional.of(answer == null ? "" : answer.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody looks at it who has a terminal. */
    boolean isTerminal() {
        return live;
    }

    /** Whatever is piped in. */
    InputStream in() {
        return in;
    }

    private void clearLive() {
        if (liveLength > 0) {
            err.print("\r" + " ".repeat(liveLength) + "\r");
            liveLength = 0;
        }
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }
}
