@NullMarked
package dev.firn.tables.inspection;

import org.jspecify.annotations.NullMarked;
