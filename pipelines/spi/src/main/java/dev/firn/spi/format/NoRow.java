package dev.firn.spi.format;

/** Why a record has not become a row of a table. */
public sealed interface NoRow permits Rejected, LeftOut, Repeated {}
