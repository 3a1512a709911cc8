/** What the JDK's flight recorder saw of a measured process, summed up: where the time goes, in Firn and in others alike. */
@NullMarked
package dev.firn.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
