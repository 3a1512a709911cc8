package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.SeenKeys.Full;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SeenKeysTest {

    private static KeyDigest.Of key(long n) {
        return new KeyDigest().of(List.of(n));
    }

    private static SeenKeys keys(long within, long memory) {
        return new SeenKeys(within, memory, new SeenMemory(Long.MAX_VALUE));
    }

    @Test
    void knowsAKeyWithinTheSpanOnBothSidesOfIt() throws Full {
        SeenKeys keys = keys(10, 1 << 16);
        keys.add(key(1), 100);

        assertThat(keys.has(key(1), 100)).isTrue();
        assertThat(keys.has(key(1), 109)).isTrue();
        assertThat(keys.has(key(1), 91)).isTrue();
        assertThat(keys.has(key(1), 110)).isFalse();
        assertThat(keys.has(key(1), 90)).isFalse();
        assertThat(keys.has(key(2), 100)).isFalse();
    }

    @Test
    void aKeyOfZerosIsAKey() throws Full {
        SeenKeys keys = keys(10, 1 << 16);
        assertThat(keys.has(new KeyDigest.Of(0, 0), 0)).isFalse();
        keys.add(new KeyDigest.Of(0, 0), 0);
        assertThat(keys.has(new KeyDigest.Of(0, 0), 0)).isTrue();
    }

    @Test
    void tellsWhatItCanTell() {
        SeenKeys keys = keys(10, 1 << 16);
        assertThat(keys.tells(Long.MIN_VALUE / 2)).isTrue();
        keys.startFrom(100);
        // A row of 109 could be the same as one of 100, and none of 99.
        assertThat(keys.tells(109)).isTrue();
        assertThat(keys.tells(108)).isFalse();
        assertThat(keys.knownFrom()).isEqualTo(100);
    }

    @Test
    void timesAtBothEndsAreFarFromEachOther() {
        SeenKeys keys = keys(10, 1 << 16);
        keys.startFrom(Long.MIN_VALUE + 5);
        assertThat(keys.tells(Long.MAX_VALUE)).isTrue();
        assertThat(keys.tells(Long.MIN_VALUE + 13)).isFalse();
        assertThat(keys.tells(Long.MIN_VALUE + 14)).isTrue();
    }

    /** Rows that come once, and a table that was written before and has copies. */
    private enum Adding {
        WHAT_IS_NEW,
        WHAT_COMES
    }

    static Stream<Arguments> worlds() {
        return Stream.of(
                        new World(50, 0, 6_000),
                        new World(1, 0, 300),
                        new World(50, Long.MIN_VALUE, 3_000),
                        new World(50, Long.MAX_VALUE, 3_000),
                        new World(1, Long.MIN_VALUE, 300),
                        new World(1, Long.MAX_VALUE, 300),
                        new World(3_153_600_000_000_000_000L / 1_000, Long.MAX_VALUE, 3_000))
                .flatMap(world -> Stream.of(Adding.values())
                        .flatMap(adding -> LongStream.of(1, 2).mapToObj(seed -> Arguments.of(world, adding, seed))));
    }

    /**
     * Where times are.
     *
     * @param start of the first; at an end of time they go away from it, or come to it
     * @param length of all of them
     */
    private record World(long within, long start, long length) {

        private long time(long clock) {
            long away = Math.max(0, Math.min(length, clock));
            return start == Long.MAX_VALUE ? start - length + away : start + away;
        }
    }

    /** What somebody would say who remembers all. */
    private static final class Naive {
        private final Map<Long, List<Long>> all = new HashMap<>();

        private boolean has(long id, long micros, long within) {
            return all.getOrDefault(id, List.of()).stream().anyMatch(other -> isNear(other, micros, within));
        }

        private void add(long id, long micros) {
            all.computeIfAbsent(id, first -> new ArrayList<>()).add(micros);
        }

        private static boolean isNear(long one, long other, long within) {
            return BigInteger.valueOf(one)
                            .subtract(BigInteger.valueOf(other))
                            .abs()
                            .compareTo(BigInteger.valueOf(within))
                    < 0;
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void isNeverWrongAboutWhatItTells(World world, Adding adding, long seed) {
        Random random = new Random(seed);
        long within = world.within();
        SeenKeys keys = keys(within, 24 * 300);
        Naive all = new Naive();
        int told = 0;
        for (int n = 0; n < 6_000; n++) {
            long id = random.nextInt(200);
            long clock = n * world.length() / 6_000;
            long micros = world.time(clock - random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60));
            boolean is = all.has(id, micros, within);
            boolean has = keys.has(key(id), micros);
            if (keys.tells(micros)) {
                assertThat(has).as("record %d of %d at %d", n, id, micros).isEqualTo(is);
                told++;
            } else if (has) {
                assertThat(is).isTrue();
            }
            assertThat(keys.tells(micros))
                    .as("tells %d, known from %d", micros, keys.knownFrom())
                    .isEqualTo(keys.knownFrom() == Long.MIN_VALUE
                            || (micros >= keys.knownFrom() && !Naive.isNear(keys.knownFrom() - 1, micros, within)));
            if ((!has && keys.tells(micros)) || adding == Adding.WHAT_COMES) {
                try {
                    keys.add(key(id), micros);
                } catch (Full noRoom) {
                    assertThat(keys.size()).isEqualTo(keys.room());
                    return;
                }
                all.add(id, micros);
            }
        }
        assertThat(told).isGreaterThan(300);
        assertThat(keys.size()).isLessThanOrEqualTo(keys.room());
    }

    @Test
    @Timeout(20)
    void answersAsFastForAKeyThatIsOfAllRows() throws Full {
        SeenKeys keys = keys(10, 64 << 20);
        for (long n = 0; n < 600_000; n++) {
            assertThat(keys.has(key(1), n * 10)).isFalse();
            keys.add(key(1), n * 10);
        }
        assertThat(keys.has(key(1), 5)).isTrue();
    }

    @Test
    @Timeout(20)
    void copiesThatATableHasTakeRoomForTwo() throws Full {
        SeenKeys keys = keys(1_000_000, 24 * 300);
        for (long n = 0; n < 600_000; n++) {
            keys.add(key(1), (n * 7919) % 600_000);
        }
        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.has(key(1), 1_599_998)).isTrue();
        assertThat(keys.has(key(1), 1_599_999)).isFalse();
        assertThat(keys.has(key(1), -999_999)).isTrue();
        assertThat(keys.has(key(1), -1_000_000)).isFalse();
    }

    @Test
    void theLargestOfManyTablesForgetsForOneThatGrows() throws Full {
        SeenMemory memory = new SeenMemory(24 * 1_900);
        SeenKeys large = new SeenKeys(10, 1 << 20, memory);
        SeenKeys small = new SeenKeys(10, 1 << 20, memory);
        for (int n = 0; n < 1_200; n++) {
            large.add(key(n), n);
        }
        assertThat(large.knownFrom()).as("no two thousand entries have room").isGreaterThan(Long.MIN_VALUE);
        long before = large.knownFrom();
        for (int n = 0; n < 600; n++) {
            small.add(key(n), n);
        }
        assertThat(small.knownFrom()).isEqualTo(Long.MIN_VALUE);
        assertThat(large.knownFrom()).isGreaterThan(before);
        assertThat(large.bytes() + small.bytes()).isLessThanOrEqualTo(24 * 1_900);
        for (int n = 0; n < 1_200; n++) {
            if (large.tells(n)) {
                assertThat(large.has(key(n), n)).isTrue();
            }
        }
        assertThat(large.has(key(1_199), 1_199)).isTrue();
    }

    @Test
    void aTableThatNeedsAllItsKeysForgetsNoneForAnother() throws Full {
        SeenMemory memory = new SeenMemory(24 * 1_300);
        SeenKeys needy = new SeenKeys(10_000, 1 << 20, memory);
        SeenKeys other = new SeenKeys(10, 1 << 20, memory);
        for (int n = 0; n < 700; n++) {
            needy.add(key(n), n);
        }
        for (int n = 0; n < 700; n++) {
            other.add(key(n), n);
        }
        assertThat(needy.knownFrom()).isEqualTo(Long.MIN_VALUE);
        assertThat(needy.size()).isEqualTo(700);
        assertThat(other.knownFrom()).isGreaterThan(Long.MIN_VALUE);
        assertThatThrownBy(() -> {
                    for (int n = 700; n < 800; n++) {
                        needy.add(key(n), n);
                    }
                })
                .isInstanceOf(Full.class);
    }

    @Test
    void takesNoMoreThanItMay() {
        SeenKeys keys = keys(1_000_000, 24 * 1_000);
        assertThat(keys.room()).isEqualTo(700);
        assertThatThrownBy(() -> {
                    for (int n = 0; n < 701; n++) {
                        keys.add(key(n), n);
                    }
                })
                .isInstanceOf(Full.class);
        assertThat(keys.size()).isEqualTo(700);
    }

    @Test
    void forgetsAQuarterAtLeastOfEqualTimes() throws Full {
        SeenKeys keys = keys(10, 24 * 1_000);
        for (int n = 0; n < 690; n++) {
            keys.add(key(n), 0);
        }
        for (int n = 690; n < 720; n++) {
            keys.add(key(n), 100);
        }
        assertThat(keys.size()).isEqualTo(30);
        assertThat(keys.knownFrom()).isEqualTo(1);
    }
}
