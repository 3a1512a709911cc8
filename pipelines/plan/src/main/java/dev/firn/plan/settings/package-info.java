/** What holds for a table once every entry of {@code tables:} is heard, and where each setting stands. */
@NullMarked
package dev.firn.plan.settings;

import org.jspecify.annotations.NullMarked;
