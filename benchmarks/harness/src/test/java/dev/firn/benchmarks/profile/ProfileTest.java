package dev.firn.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

    private static final String PARQUET = "org.apache.iceberg.shaded.org.apache.parquet.";

    @TempDir
    Path folder;

    @Test
    void findsTheMethodThatWasBusyAndNotTheThreadThatWaited() throws IOException, InterruptedException {
        Selector selector = Selector.open();
        Thread waiting = new Thread(() -> await(selector), "waiting");
        waiting.start();
        Path file = folder.resolve("busy.jfr");
        // Nobody may find out that the work is for nothing.
        AtomicLong result = new AtomicLong();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ActiveSetting");
            recording.start();
            Thread busy = new Thread(() -> result.set(busy()), "busy-7");
            busy.start();
            busy.join();
            recording.stop();
            recording.dump(file);
        } finally {
            selector.wakeup();
        }
        waiting.join();
        selector.close();

        Profile profile = Profile.read(file);

        assertThat(result).doesNotHaveValue(0);
        assertThat(profile.threads().get(0).name()).isEqualTo("busy");
        assertThat(profile.threads()).extracting(Share::name).doesNotContain("waiting");
        assertThat(profile.topFrames(1)).singleElement().satisfies(frame -> {
            assertThat(frame.name()).isEqualTo("dev.firn.benchmarks.profile.ProfileTest.busy");
            assertThat(frame.share()).isGreaterThan(0.5);
        });
        assertThat(profile.samples()).isGreaterThan(5);
        assertThat(profile.sampled()).isEqualTo(Duration.ofMillis(10 * profile.samples()));
    }

    private static long busy() {
        long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
        long number = 1;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 1_000_000; i++) {
                number = number * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            }
        }
        return number;
    }

    /** In a native method, which looks to the recorder as if it worked. */
    private static void await(Selector selector) {
        try {
            selector.select();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void chargesValuesAndCollectionsToTheirCallerWhateverPackageItsClassesHave() {
        String equals = "io.api.Binary$ByteArrayBackedBinary.equals";
        String dictionary =
                "column.values.dictionary.DictionaryValuesWriter$PlainBinaryDictionaryValuesWriter.writeBytes";
        String map = "shaded.it.unimi.dsi.fastutil.objects.Object2IntLinkedOpenHashMap.getInt";
        String column = "column.impl.ColumnWriterBase.write";

        Profile shaded = new Profile(
                List.of(sample(0, 20, "a", PARQUET + equals, PARQUET + map, PARQUET + dictionary, PARQUET + column)));
        Profile plain = new Profile(List.of(sample(
                0,
                20,
                "a",
                "org.apache.parquet." + equals,
                "org.apache.parquet." + dictionary,
                "org.apache.parquet." + column)));

        assertThat(shaded.buckets()).containsExactly(new Share("Parquet: dictionaries", 1, 1));
        assertThat(plain.buckets()).isEqualTo(shaded.buckets());
    }

    @Test
    void tellsWhatDecompressesFromWhatCompresses() {
        Profile profile = new Profile(List.of(
                sample(
                        0,
                        20,
                        "a",
                        "com.github.luben.zstd.ZstdInputStreamNoFinalizer.read",
                        "org.apache.kafka.common.X.y"),
                sample(1, 60, "a", "com.github.luben.zstd.ZstdOutputStreamNoFinalizer.write", PARQUET + "hadoop.X.y")));

        assertThat(profile.buckets())
                .containsExactly(new Share("Parquet: compressing", 0.75, 1), new Share("decompressing", 0.25, 1));
    }

    @Test
    void callsOtherWhatNoFrameTells() {
        assertThat(new Profile(List.of(sample(0, 20, "a", "java.lang.String.hashCode", "com.acme.Main.main")))
                        .buckets())
                .containsExactly(new Share("other", 1, 1));
    }

    @Test
    void leavesOutTheStartByTimeAndNotByCount() {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, 90).forEach(i -> samples.add(sample(i, 20, "a", "warm.Up.run")));
        IntStream.rangeClosed(900, 1_000).forEach(i -> samples.add(sample(i, 20, "a", "well.Done.run")));

        Profile profile = new Profile(samples).withoutFirst(0.5);

        assertThat(profile.samples()).isEqualTo(101);
        assertThat(profile.topFrames(5)).containsExactly(new Share("well.Done.run", 1, 101));
    }

    @Test
    void hasNothingToSayOfNoSamples() {
        Profile none = new Profile(List.of()).withoutFirst(0.5);

        assertThat(none.samples()).isZero();
        assertThat(none.buckets()).isEmpty();
        assertThat(none.table(5)).first().asString().startsWith("0 samples, 0.0 s of work");
    }

    @Test
    void putsThreadsThatAreOneOfSeveralTogether() {
        Profile profile = new Profile(List.of(
                sample(0, 20, "Source: orders -> decode (1/2)#0", "a.B.c"),
                sample(1, 20, "Source: orders -> decode (2/2)#0", "a.B.c"),
                sample(2, 20, "pool-1-thread-7", "a.B.c"),
                sample(3, 20, "7", "a.B.c")));

        assertThat(profile.threads())
                .extracting(Share::name)
                .containsExactly("Source: orders -> decode", "7", "pool-1-thread");
        assertThat(profile.threads().get(0).share()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void linesUpInAHundredColumns() {
        String longName = "org.apache.iceberg.flink.AClassWithAVeryLongNameIndeedThatNobodyWouldWriteByHand$1.method";
        Profile profile = new Profile(List.of(
                sample(0, 20, "main", PARQUET + "io.api.Binary.equals", PARQUET + "column.values.dictionary.A.b"),
                sample(1, 20, "main", PARQUET + "io.api.Binary.equals", PARQUET + "column.values.dictionary.A.b"),
                sample(2, 20, "Source: " + "x".repeat(120), longName)));

        assertThat(String.join("\n", profile.table(5)))
                .isEqualTo(
                        """
                        3 samples, 0.1 s of work; without the compiler and the collector, which are not sampled.
                        Native code (compression) is looked at less often: it takes more than is said here.
                        These are few samples: take small shares for chance.

                        where the time goes
                          66.7 %  Parquet: dictionaries
                          33.3 %  Iceberg: writers, manifests, commits

                        threads
                          66.7 %  main
                          33.3 %  Source: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

                        methods
                          66.7 %  Binary.equals                                                 parquet.io.api
                          33.3 %  AClassWithAVeryLongNameIndeedThatNobodyWouldWriteByHand$1.m…  iceberg.flink""");
        assertThat(profile.table(5)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    private static Sample sample(long atMillis, long period, String thread, String... frames) {
        return new Sample(Instant.ofEpochMilli(atMillis), Duration.ofMillis(period), thread, List.of(frames));
    }
}
