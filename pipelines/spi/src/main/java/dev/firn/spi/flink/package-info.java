/** The part of the SPI that names Flink: how a planned source becomes a Flink source. */
@NullMarked
package dev.firn.spi.flink;

import org.jspecify.annotations.NullMarked;
