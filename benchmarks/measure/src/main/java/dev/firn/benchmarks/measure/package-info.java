/** What a measured process is told and tells; the JDK only, so that it fits on the class path of whoever is measured. */
@NullMarked
package dev.firn.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
