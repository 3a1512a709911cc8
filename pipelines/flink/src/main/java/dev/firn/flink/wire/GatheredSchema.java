package dev.firn.flink.wire;

/**
 * A schema on its way to a subtask that will need it, ahead of the first record that names it.
 *
 * @param source whose registry knows it by the id
 * @param definition with all that it refers to
 * @param writer the subtask, 0-based
 */
public record GatheredSchema(String source, int id, String definition, int writer) implements Gathered {}
