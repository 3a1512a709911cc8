package dev.firn.spi.sink;

/**
 * A table is not what it was when its epoch was staged (rolled back, dropped and made anew, gone): committing could lose
 * or double rows, and trying again would not help. The message names the table and what is wrong.
 */
public class CommitRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommitRefused(String message) {
        super(message);
    }
}
