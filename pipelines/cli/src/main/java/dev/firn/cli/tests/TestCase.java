package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.record.RawRecord;
import java.util.List;

/**
 * A test, ready to be run.
 *
 * @param place where it begins
 * @param given the records as their producers would have written them
 */
record TestCase(String name, SourceSpan place, List<Given> given, Expectation expected) {

    TestCase {
        given = List.copyOf(given);
    }

    /** @param place where the file gives it */
    record Given(RawRecord record, SourceSpan place) {}
}
