package dev.firn.plan;

import dev.firn.spi.sink.LakeNames;

/** The sink: its own options record, references unresolved, and the names of Firn's own tables. */
public record SinkPlan(String type, Record options, LakeNames names) {}
