package dev.firn.spi.health;

import java.util.List;

/**
 * Looks at the outside and changes nothing there. It may take as long as it likes: whoever asks gives up after some seconds.
 *
 * @param what it looks at, for whoever has given up
 */
public record HealthCheck(String what, Look look) {

    /** Throws whatever its libraries throw; an {@link dev.firn.spi.source.OutsideException} is an answer, too. */
    @FunctionalInterface
    public interface Look {
        List<Health> look();
    }
}
