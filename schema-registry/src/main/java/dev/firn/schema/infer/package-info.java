/** What schema data would have that have none: files are read once, and each place remembers what stood in it. */
@NullMarked
package dev.firn.schema.infer;

import org.jspecify.annotations.NullMarked;
