package dev.firn.plan.testing;

import dev.firn.plan.Foresight;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.sink.Lake;
import java.util.List;
import java.util.Optional;

/** Says the same of every table that it is asked about, and keeps what it was asked. */
public record Foreseeing(Optional<Foreseen> always, List<Foresight.Question> asked) implements Foresight.Opening {

    @Override
    public Foresight beside(Lake lake) {
        return new Foresight() {
            @Override
            public Optional<Foreseen> of(Question question) {
                asked.add(question);
                return always;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
