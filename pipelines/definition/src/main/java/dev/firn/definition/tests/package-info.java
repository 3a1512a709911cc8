/** What {@code tests:} says: records that go in, and the rows and rejects that must come out. */
@NullMarked
package dev.firn.definition.tests;

import org.jspecify.annotations.NullMarked;
