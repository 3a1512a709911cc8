package dev.firn.cli.cluster;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.cluster.PipelineStatus.Job;
import dev.firn.cli.cluster.PipelineStatus.Table;
import dev.firn.cli.cluster.PipelineStatus.Waits;
import dev.firn.cli.run.AccountTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A {@link PipelineStatus} for people. */
public final class StatusText {

    private final StringBuilder text = new StringBuilder();
    private final Instant now;

    private StatusText(Instant now) {
        this.now = now;
    }

    /**
     * @param cluster the arguments that name the cluster, with a space behind them; may be empty
     * @param environment those that name the environment, likewise
     * @param file those that name the pipeline file
     */
    public static String write(PipelineStatus status, Instant now, String cluster, String environment, String file) {
        StatusText text = new StatusText(now);
        text.job(status.pipeline(), status.cluster(), status.job());
        text.ledger(status);
        status.unwell().forEach(sentence -> text.line("  NOT WELL: " + sentence));
        text.lag(status);
        text.tables(status);
        if (!status.account().streams().isEmpty()) {
            text.line("");
            new AccountTable(status.account()).lines().forEach(text::line);
            text.line(status.account().balances() ? "    balanced" : "    does NOT balance: firn audit says where");
        }
        text.line("");
        text.next(status, cluster + environment, environment + file, file);
        return text.text.toString();
    }

    /** What the cluster says alone. */
    public static String write(String pipeline, String cluster, Optional<Job> job, Instant now) {
        StatusText text = new StatusText(now);
        text.job(pipeline, cluster, job);
        return text.text.toString();
    }

    private void job(String pipeline, String cluster, Optional<Job> found) {
        if (found.isEmpty()) {
            line(pipeline + " does not run at " + cluster);
        } else {
            Job job = found.get();
            String state = job.state().equals("RUNNING") && !job.runs() ? "STARTING" : job.state();
            line(pipeline + " is " + state + " since " + time(job.since()));
            line("  job " + job.id() + " at " + cluster);
            if (!job.waiting().isEmpty() && job.state().equals("RUNNING")) {
                line("  does not run yet: " + String.join(", ", job.waiting()));
            }
            if (job.restarts() > 0) {
                line("  started again " + job.restarts() + (job.restarts() == 1 ? " time" : " times"));
            }
            job.failure()
                    .ifPresent(failure -> line("  last failure " + time(failure.at()) + ": " + failure.sentence()));
            job.lostCheckpoint()
                    .ifPresent(lost -> line(
                            "  the last checkpoint did not come about " + time(lost.at()) + ": " + lost.sentence()));
        }
    }

    private void ledger(PipelineStatus status) {
        line(
                status.epoch() == 0
                        ? "  the ledger has no epoch yet"
                        : "  the ledger ends with epoch " + status.epoch()
                                + status.lastEpoch()
                                        .map(at -> ", written " + time(at))
                                        .orElse("") + ", of run "
                                + status.run());
    }

    private void lag(PipelineStatus status) {
        line("");
        long sum = status.lag().values().stream().mapToLong(Long::longValue).sum();
        line(String.format(Locale.ROOT, "  %-40s %,15d", "lag, in positions not yet in the ledger", sum));
        for (Map.Entry<String, Long> stream : status.lag().entrySet()) {
            line(String.format(Locale.ROOT, "    %-38s %,15d", stream.getKey(), stream.getValue()));
        }
    }

    private void tables(PipelineStatus status) {
        if (status.tables().isEmpty()) {
            return;
        }
        line("");
        line(String.format("  %-40s %-15s %s", "table", "epoch", "last rows"));
        for (Table table : status.tables()) {
            line(String.format(
                    Locale.ROOT,
                    "    %-38s %-15s %s",
                    table.name(),
                    table.last().map(last -> Long.toString(last.epoch())).orElse("-"),
                    table.last().map(last -> time(last.at())).orElse("none yet")));
            table.waits().ifPresent(this::waits);
        }
    }

    private void waits(Waits waits) {
        line("      " + waits.how()
                + waits.since().map(at -> " since " + time(at)).orElse("")
                + (waits.reason().isEmpty() ? "" : ": " + waits.reason()));
    }

    private void next(PipelineStatus status, String cluster, String own, String file) {
        boolean runs = status.job().stream().anyMatch(job -> !job.isOver());
        Optional<Table> paused = status.tables().stream()
                .filter(table -> table.waits()
                        .filter(waits -> waits.how().equals("paused"))
                        .isPresent())
                .findFirst();
        if (!runs) {
            line("Next:  firn submit " + cluster + file);
        } else if (paused.isPresent()) {
            line("Next:  firn table resume " + own + " " + paused.get().name());
        } else if (status.isWell()) {
            line("Next:  firn stop " + cluster + file);
        } else {
            line("Next:  firn logs " + cluster);
        }
    }

    private String time(Instant at) {
        return AuditText.time(at) + " UTC (" + ago(Duration.between(at, now)) + ")";
    }

    static String ago(Duration time) {
        return span(time) + " ago";
    }

    /** {@code 12 s}, {@code 3 min}; for people, so whole units will do. */
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
