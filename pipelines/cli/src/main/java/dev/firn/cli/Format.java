package dev.firn.cli;

/** How a result is written. */
enum Format {
    TEXT,
    JSON
}
