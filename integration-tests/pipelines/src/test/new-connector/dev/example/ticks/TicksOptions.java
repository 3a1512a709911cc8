package dev.example.ticks;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A {@code source:} of type {@code ticks}. */
@Component(kind = "source", name = "ticks", summary = "Counts time, one record a tick.")
public record TicksOptions(
        @Required @Doc("The clocks that are read.") @Example("[wall, tower]") List<String> clocks,
        @Default("1s") @AtLeast("100ms") @Doc("The time between two ticks.") @Example("5s") Duration every,
        @Default("quartz") @Doc("What makes them tick.") @Example("pendulum") Movement movement,
        @Secret @Doc("Opens the tower.") @Example("${secret:tower}") Optional<Text> towerPassword) {

    /** What makes a clock tick. */
    public enum Movement {
        QUARTZ,
        PENDULUM
    }
}
