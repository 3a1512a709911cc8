/** What {@code tables:} says of one table beside names and times: rules, masks, keys, and how its schema may change. */
@NullMarked
package dev.firn.definition.table;

import org.jspecify.annotations.NullMarked;
