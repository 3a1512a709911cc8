/** Where records become rows, the file's conditions are asked: which of them are wanted, and which are as they should be. */
@NullMarked
package dev.firn.quality.validation;

import org.jspecify.annotations.NullMarked;
