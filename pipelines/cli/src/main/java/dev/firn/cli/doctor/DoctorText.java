package dev.firn.cli.doctor;

import dev.firn.cli.help.Paragraph;
import dev.firn.spi.health.Health;
import java.util.List;

/** What was seen, for people: a line for each thing, and below it how to mend it. */
public final class DoctorText {

    private static final int WHAT = 24;

    private final Sign sign;
    private String last = "";

    /** How a verdict is written. */
    public enum Sign {
        SIGNS("✓", "✗", "-"),
        WORDS("ok", "no", "--");

        private final String well;
        private final String unwell;
        private final String notTried;

        Sign(String well, String unwell, String notTried) {
            this.well = well;
            this.unwell = unwell;
            this.notTried = notTried;
        }

        String of(Health.Verdict verdict) {
            return switch (verdict) {
                case WELL -> well;
                case UNWELL -> unwell;
                case NOT_TRIED -> notTried;
            };
        }
    }

    public DoctorText(Sign sign) {
        this.sign = sign;
    }

    /** One answer; its heading is there where the answer before had another. */
    public String write(Answer answer) {
        StringBuilder text = new StringBuilder();
        if (!answer.healths().isEmpty() && !answer.about().equals(last)) {
            text.append(last.isEmpty() ? "" : "\n").append(answer.about()).append("\n");
            last = answer.about();
        }
        answer.healths().forEach(health -> text.append(line(health)));
        return text.toString();
    }

    private String line(Health health) {
        String begin = String.format("  %-2s  %-" + WHAT + "s", sign.of(health.verdict()), health.what());
        String indent = " ".repeat(WHAT + 7);
        String seen = health.verdict() == Health.Verdict.NOT_TRIED ? "not tried: " + health.seen() : health.seen();
        StringBuilder lines = new StringBuilder(Paragraph.wrapped(oneLine(seen), begin + " ", indent)).append("\n");
        health.mend()
                .ifPresent(mend -> lines.append(Paragraph.wrapped(oneLine(mend), indent + "mend: ", indent + "      "))
                        .append("\n"));
        return lines.toString();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** The last line. */
    public static String summary(List<Answer> answers) {
        long unwell = count(answers, Health.Verdict.UNWELL);
        long notTried = count(answers, Health.Verdict.NOT_TRIED);
        String all =
                unwell == 0 ? "all is well" : unwell + (unwell == 1 ? " thing is not well" : " things are not well");
        return "\n" + all + (notTried == 0 ? "" : ", " + notTried + " not tried") + "\n";
    }

    private static long count(List<Answer> answers, Health.Verdict verdict) {
        return answers.stream()
                .flatMap(answer -> answer.healths().stream())
                .filter(health -> health.verdict() == verdict)
                .count();
    }
}
