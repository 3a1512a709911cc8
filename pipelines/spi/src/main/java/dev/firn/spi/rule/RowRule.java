package dev.firn.spi.rule;

import dev.firn.definition.table.Otherwise;
import java.io.Serializable;

/**
 * One entry of {@code expect}.
 *
 * @param that an SQL condition over the table's columns
 * @param otherwise what becomes of a row for which it is false
 */
public record RowRule(String name, String that, Otherwise otherwise) implements Serializable {}
