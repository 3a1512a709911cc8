package dev.firn.spi.record;

import org.jspecify.annotations.Nullable;

/** A header of a record; keys may repeat. */
public record Header(String key, byte @Nullable [] value) {}
