package dev.firn.definition.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Collects the complaints of a phase, all of them, so that a file can be mended in one go. */
public final class Diagnostics {

    private final List<Diagnostic> reported;
    private final String path;

    public Diagnostics() {
        this(new ArrayList<>(), "");
    }

    private Diagnostics(List<Diagnostic> reported, String path) {
        this.reported = reported;
        this.path = path;
    }

    /** A view that files what it is told under a place, such as {@code source (kafka)}; it shares this one's list. */
    public Diagnostics at(String place) {
        return new Diagnostics(reported, path.isEmpty() ? place : path + " > " + place);
    }

    public void report(Diagnostic diagnostic) {
        reported.add(path.isEmpty() ? diagnostic : diagnostic.at(path));
    }

    public void reportAll(Iterable<Diagnostic> diagnostics) {
        diagnostics.forEach(this::report);
    }

    /** What was reported so far, ordered by place. */
    public List<Diagnostic> inOrder() {
        return reported.stream().sorted(Diagnostic.BY_PLACE).distinct().toList();
    }

    public boolean hasErrors() {
        return reported.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    /** Whether something with this code was reported. */
    public boolean has(DiagnosticCode code) {
        return reported.stream().anyMatch(diagnostic -> diagnostic.code() == code);
    }

    /** The exit code that the errors ask for: the file's faults (2) before the world's (3); empty without an error. */
    public OptionalInt exitCode() {
        return reported.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .mapToInt(diagnostic -> diagnostic.code().blame().exitCode())
                .min();
    }
}
