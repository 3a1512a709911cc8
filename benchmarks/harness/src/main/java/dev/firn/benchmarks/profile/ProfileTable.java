package dev.firn.benchmarks.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A profile in lines for a terminal. */
final class ProfileTable {

    private static final int WIDTH = 100;
    private static final int NAME = 60;

    /** With fewer, a share of one percent is chance. */
    private static final int ENOUGH = 1_000;

    private static final int MOST_THREADS = 8;

    private final Profile profile;

    ProfileTable(Profile profile) {
        this.profile = profile;
    }

    List<String> lines(int frames) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d samples, %.1f s of work; without the compiler and the collector, which are not sampled.",
                profile.samples(),
                profile.sampled().toMillis() / 1_000.0));
        lines.add("Native code (compression) is looked at less often: it takes more than is said here.");
        if (profile.samples() < ENOUGH) {
            lines.add("These are few samples: take small shares for chance.");
        }
        section(lines, "where the time goes", profile.buckets(), Share::name);
        section(lines, "threads", profile.threads().stream().limit(MOST_THREADS).toList(), Share::name);
        section(lines, "methods", profile.topFrames(frames), share -> columns(share.name()));
        return lines;
    }

    private static void section(List<String> lines, String title, List<Share> shares, Function<Share, String> words) {
        lines.add("");
        lines.add(title);
        shares.forEach(share ->
                lines.add(cut(String.format(Locale.ROOT, "%6.1f %%  ", 100 * share.share()) + words.apply(share))));
    }

    /** {@code Class.method}, and the package beside it, without what all packages begin with. */
    private static String columns(String frame) {
        int method = frame.lastIndexOf('.');
        int type = frame.lastIndexOf('.', method - 1);
        String name = frame.substring(type + 1);
        String from = type < 0 ? "" : shortened(frame.substring(0, type));
        if (name.length() > NAME) {
            name = name.substring(0, NAME - 1) + "…";
        }
        return String.format("%-" + NAME + "s  %s", name, from).stripTrailing();
    }

    private static String shortened(String packageName) {
        return packageName.replace("org.apache.iceberg.shaded.", "").replace("org.apache.", "");
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
