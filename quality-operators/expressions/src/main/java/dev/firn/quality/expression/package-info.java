/**
 * SQL expressions over a row: a text is parsed, checked against the columns of a table, and compiled to something that is evaluated for each
 * record. A wrong text becomes {@link dev.firn.quality.expression.Problem}s with their places; a row for which an expression has no value is an
 * {@link dev.firn.quality.expression.ExpressionFailed}.
 */
@NullMarked
package dev.firn.quality.expression;

import org.jspecify.annotations.NullMarked;
