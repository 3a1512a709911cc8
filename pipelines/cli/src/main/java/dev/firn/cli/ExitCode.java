package dev.firn.cli;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import java.util.List;

/** What the command answers to its caller; the same for every verb. */
public final class ExitCode {

    /** Done, and the answer is yes. */
    public static final int DONE = 0;

    /** Done, and the answer is no. */
    public static final int NO = 1;

    /** The file or the arguments are wrong. */
    public static final int FILE = 2;

    /** Something outside is. */
    public static final int OUTSIDE = 3;

    /** Refused unless the arguments say that it is meant. */
    public static final int REFUSED = 4;

    /** Our bug. */
    public static final int BUG = 70;

    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The code that diagnostics ask for: the file's faults before the world's. */
    static int of(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .mapToInt(diagnostic -> diagnostic.code().blame().exitCode())
                .min()
                .orElse(DONE);
    }
}
