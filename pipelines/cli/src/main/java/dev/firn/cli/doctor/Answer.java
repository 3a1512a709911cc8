package dev.firn.cli.doctor;

import dev.firn.spi.health.Health;
import java.util.List;

/** What a question has led to. */
public record Answer(String about, List<Health> healths) {

    public Answer {
        healths = List.copyOf(healths);
    }

    public boolean isWell() {
        return healths.stream().noneMatch(health -> health.verdict() == Health.Verdict.UNWELL);
    }
}
