/** Records that lie in quarantine are put where they belong, once what kept them from there is mended. */
@NullMarked
package dev.firn.flink.replay;

import org.jspecify.annotations.NullMarked;
