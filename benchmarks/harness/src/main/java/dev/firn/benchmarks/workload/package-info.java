/** What is read: schemas, values that are the same for the same seed, and the topics that hold them. */
@NullMarked
package dev.firn.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
