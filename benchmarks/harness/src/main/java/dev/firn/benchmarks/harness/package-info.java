/** Loads topics, runs Firn and others on the same work in processes of their own, and tells what it cost. */
@NullMarked
package dev.firn.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
