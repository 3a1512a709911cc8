/** A Flink session cluster that somebody else keeps: what it says of itself and its jobs over HTTP, and how a job gets there. */
@NullMarked
package dev.firn.flink.session;

import org.jspecify.annotations.NullMarked;
