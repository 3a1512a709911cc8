@NullMarked
package dev.firn.quality.expression;

import org.jspecify.annotations.NullMarked;
