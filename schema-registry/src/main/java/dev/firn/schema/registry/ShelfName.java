package dev.firn.schema.registry;

import java.io.Serializable;

/** Whose schemas stand on a {@link SchemaShelf}: what one source of one run reads. */
public record ShelfName(String pipeline, long run, String source) implements Serializable {}
