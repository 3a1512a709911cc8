/** Hiding bytes from whoever lacks a key. */
@NullMarked
package dev.firn.spi.cipher;

import org.jspecify.annotations.NullMarked;
