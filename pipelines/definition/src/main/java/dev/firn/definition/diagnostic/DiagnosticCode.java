package dev.firn.definition.diagnostic;

/** A stable name for one kind of complaint; each has a help page, the resource {@code /help/<code>.md}. */
public interface DiagnosticCode {

    /** Kebab-case, never changed once published. */
    String code();

    Blame blame();

    /** Whose move it is, which decides the exit code. */
    enum Blame {
        /** The file or the arguments: exit code 2. */
        FILE(2),
        /** A broker, a registry, a catalog: exit code 3. */
        OUTSIDE(3);

        private final int exitCode;

        Blame(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
