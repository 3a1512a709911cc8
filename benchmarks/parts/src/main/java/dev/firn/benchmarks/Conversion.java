package dev.firn.benchmarks;

import org.jspecify.annotations.Nullable;

/** Makes of a value as Avro's generic reader gives it one as Iceberg's generic records hold it. */
@FunctionalInterface
interface Conversion {
    @Nullable
    Object of(@Nullable Object avro);
}
