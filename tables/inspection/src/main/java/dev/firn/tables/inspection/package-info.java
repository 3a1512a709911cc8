/** Looks at Iceberg tables, at their files and at what pipelines have left in them; nothing here writes. */
@NullMarked
package dev.firn.tables.inspection;

import org.jspecify.annotations.NullMarked;
