package dev.firn.plan.against;

import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.Wrapping;
import dev.firn.plan.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison for people: what differs, by place, and what that means for the job that runs. */
public final class ComparisonText {

    private static final String NOTHING = "(none)";

    private ComparisonText() {}

    /**
     * @param file what was planned now
     * @param stored what it is compared with
     */
    public static String write(Comparison comparison, String file, String stored) {
        List<String> lines = new ArrayList<>();
        lines.add(file + " against " + stored + ": " + verdict(comparison));
        String place = "";
        List<Difference> differences = comparison.differences();
        for (int index = 0; index < differences.size(); index++) {
            Difference found = differences.get(index);
            if (!found.place().equals(place)) {
                place = found.place();
                lines.add("");
                lines.add("  " + place);
            }
            lines.addAll(setting(found));
            if (index == differences.size() - 1 || !meansTheSame(found, differences.get(index + 1))) {
                lines.addAll(meaning(found));
            }
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String verdict(Comparison comparison) {
        if (comparison.differences().isEmpty()) {
            return "nothing differs";
        }
        return (comparison.fits() ? "the state fits; " : "does not fit; ")
                + Arrays.stream(Severity.values())
                        .filter(severity -> comparison.count(severity) > 0)
                        .map(severity -> counted(comparison.count(severity), severity))
                        .collect(Collectors.joining(", "));
    }

    private static String counted(long count, Severity severity) {
        return count + " " + severity.word() + (count == 1 ? "" : "s");
    }

    private static boolean meansTheSame(Difference one, Difference next) {
        return one.code() == next.code()
                && one.place().equals(next.place())
                && one.means().equals(next.means())
                && one.mend().equals(next.mend());
    }

    private static List<String> setting(Difference found) {
        String code = found.code().severity().word() + "[" + found.code().code() + "]";
        String setting = "    " + found.setting() + "  " + changed(found);
        int gap = Page.COLUMNS - setting.length() - code.length();
        if (gap >= 2) {
            return List.of(setting + " ".repeat(gap) + code);
        }
        List<String> lines = new ArrayList<>(Wrapping.wrap("    " + found.setting() + "  ", changed(found)));
        lines.add(" ".repeat(Page.COLUMNS - code.length()) + code);
        return lines;
    }

    /** Said once of settings in a row of which it holds. */
    private static List<String> meaning(Difference found) {
        List<String> lines = new ArrayList<>(Wrapping.wrap("      ", found.means()));
        found.mend().ifPresent(way -> lines.addAll(Wrapping.wrap("      mend: ", way)));
        return lines;
    }

    private static String changed(Difference found) {
        return found.was().orElse(NOTHING) + " -> " + found.is().orElse(NOTHING);
    }
}
