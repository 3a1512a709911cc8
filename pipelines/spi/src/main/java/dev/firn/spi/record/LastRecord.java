package dev.firn.spi.record;

import java.io.Serializable;

/**
 * The last record of a split that was read. A source that still has it, written under the same leader, has everything that was read
 * before; one whose end was cut off may have other records at the same positions by now.
 *
 * @param behind the position behind it; that of the split, or before it where only marks follow
 * @param term of the leader that it was written under; grows from leader to leader
 */
public record LastRecord(long behind, int term) implements Serializable {}
