package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.cluster.PipelineStatus.Job;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Optional<Instant> LONG_AGO = Optional.of(NOW.minusSeconds(3 * 86_400));

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
        flink.page("jobs/j0", "{\"vertices\":[{\"id\":\"v1\",\"name\":\"read\"},{\"id\":\"v2\",\"name\":\"commit\"}]}")
                .page("jobs/j0/vertices/v2/metrics", "[]");
    }

    @AfterEach
    void close() {
        flink.close();
    }

    private Optional<String> of(Duration started, Optional<Instant> last) {
        Job job = new Job("j0", "RUNNING", NOW, NOW.minus(started), List.of(), 0, Optional.empty(), Optional.empty());
        return new Standstill(flink.cluster().job("j0"), Duration.ofSeconds(10), NOW).of(job, last);
    }

    private void completed(long secondsAgo) {
        flink.only(
                "jobs/j0/checkpoints",
                "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":%d},\"failed\":null}}"
                        .formatted(NOW.minusSeconds(secondsAgo).toEpochMilli()));
    }

    private void idle(long seconds, long ofAnother) {
        flink.only(
                "jobs/j0/vertices/v1/metrics",
                "[{\"id\":\"0.Source__read.sourceIdleTime\",\"value\":\"%d\"},{\"id\":\"1.Source__read.sourceIdleTime\",\"value\":\"%d\"}]"
                        .formatted(seconds * 1000, ofAnother * 1000));
    }

    @Test
    void letsAJobStart() {
        assertThat(of(Duration.ofSeconds(119), LONG_AGO)).isEmpty();
    }

    @Test
    void isContentWithAnEpochOfLately() {
        assertThat(of(Duration.ofDays(3), Optional.of(NOW.minusSeconds(119)))).isEmpty();
    }

    @Test
    void saysThatNoCheckpointIsCompleted() {
        completed(121);
        assertThat(of(Duration.ofDays(3), LONG_AGO))
                .hasValue("there are records to read, and no checkpoint was completed for 2 min");
        completed(5 * 86_400);
        assertThat(of(Duration.ofHours(3), LONG_AGO))
                .hasValue("there are records to read, and no checkpoint was completed for 3 h");
    }

    /** As where a job starts again and again, and is running whenever somebody looks. */
    @Test
    void countsFromTheSubmissionWhereThereWasNone() {
        flink.only("jobs/j0/checkpoints", "{\"latest\":{\"completed\":null,\"failed\":null}}");

        assertThat(of(Duration.ofHours(3), Optional.empty()))
                .hasValue("there are records to read, and no checkpoint was completed for 3 h");
    }

    @Test
    void saysThatNobodyReads() {
        completed(5);
        idle(400, 300);

        assertThat(of(Duration.ofDays(3), LONG_AGO))
                .hasValue("there are records to read, and no reader has read one for 5 min");
    }

    /** A topic in which nothing was for days. */
    @Test
    void isContentWhereARecordHasJustCome() {
        completed(5);
        idle(86_400, 1);

        assertThat(of(Duration.ofDays(3), LONG_AGO)).isEmpty();
    }
}
