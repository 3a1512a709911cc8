package dev.firn.schema.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {

    @Test
    void isFoundWhereItIsAndNowhereElse() {
        Random random = new Random(7);
        for (int trial = 0; trial < 20_000; trial++) {
            String text = text(random, random.nextInt(30));
            String sought = text(random, 1 + random.nextInt(4));
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(text.length() + 1 - from);

            assertThat(new Needle(sought.getBytes(StandardCharsets.US_ASCII))
                            .isIn(text.getBytes(StandardCharsets.US_ASCII), from, to))
                    .as("%s in %s from %s to %s", sought, text, from, to)
                    .isEqualTo(text.substring(from, to).contains(sought));
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
