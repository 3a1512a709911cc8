/** Fakes of what a Firn job meets outside: a lake with its ledger, a source, a format, threads that wait to be told. */
@NullMarked
package dev.firn.flink.testing;

import org.jspecify.annotations.NullMarked;
