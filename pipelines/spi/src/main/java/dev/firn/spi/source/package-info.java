/** What a source connector implements; nothing here names Flink, so that the light class path can plan. */
@NullMarked
package dev.firn.spi.source;

import org.jspecify.annotations.NullMarked;
