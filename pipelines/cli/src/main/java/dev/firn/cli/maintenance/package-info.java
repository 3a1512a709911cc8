/** What {@code firn maintain} shows of tables that it looks after. */
@NullMarked
package dev.firn.cli.maintenance;

import org.jspecify.annotations.NullMarked;
