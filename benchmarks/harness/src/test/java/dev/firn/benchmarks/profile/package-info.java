@NullMarked
package dev.firn.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
