/** What is asked of a Flink cluster about a pipeline, and what is said of it: before it is submitted, while it runs, when it stops. */
@NullMarked
package dev.firn.cli.cluster;

import org.jspecify.annotations.NullMarked;
