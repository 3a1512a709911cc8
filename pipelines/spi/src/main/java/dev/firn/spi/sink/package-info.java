/** What a sink connector implements; nothing here names Flink. */
@NullMarked
package dev.firn.spi.sink;

import org.jspecify.annotations.NullMarked;
