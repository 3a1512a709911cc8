/** Whole pipelines, and the parts that need a real service, against a real broker, registry and catalog. */
@NullMarked
package dev.firn.it;

import org.jspecify.annotations.NullMarked;
