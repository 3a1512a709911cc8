/** Schemas evolve: what lies between a writer's schema and a table, what is done about it, and what the table becomes. */
@NullMarked
package dev.firn.quality.evolution;

import org.jspecify.annotations.NullMarked;
