/**
 * A Flink session cluster on this machine, each JobManager and TaskManager a process of its own.
 *
 * <p>It needs the JDK alone: Flink, and the classes of the jobs, are on the class path that whoever starts it gives. Its
 * processes end when the one that started them does, even one that was killed.
 */
@NullMarked
package dev.firn.cluster;

import org.jspecify.annotations.NullMarked;
