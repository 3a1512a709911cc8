package dev.firn.cli.tests;

/**
 * Where what came out is not what a test expects.
 *
 * @param about a table, or {@code quarantine}
 * @param what the sentence: {@code sales.orders: expected 1 row, got 2}
 * @param lines what stands below it, each line with a line feed; {@code -} before what is missing, {@code +} before what is too much
 */
record Difference(String about, String what, String lines) {

    /** Without the space that all lines begin with, and without a line feed at the end. */
    String margins() {
        return lines.stripTrailing().stripIndent();
    }
}
