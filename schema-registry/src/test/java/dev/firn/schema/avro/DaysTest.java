package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DaysTest {

    @Test
    void everyDayIsItself() {
        Random random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            // Many of them take each other's place.
            long any = random.nextInt() >> random.nextInt(Integer.SIZE);
            long day = any / 1_024 * 1_024 + random.nextInt(3);
            assertThat(Days.of(day)).isEqualTo(LocalDate.ofEpochDay(day));
        }
    }

    @Test
    void aDayThatIsAskedForAgainIsNotMadeAgain() {
        assertThat(Days.of(20_000)).isSameAs(Days.of(20_000));
    }
}
