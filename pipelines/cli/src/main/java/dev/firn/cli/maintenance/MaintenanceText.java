package dev.firn.cli.maintenance;

import dev.firn.cli.help.Paragraph;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was done to tables, or would be, a line each. */
public final class MaintenanceText {

    private static final String GAP = "  ";
    private static final String NOTHING = "-";
    private static final String NOTE = "      ";
    private static final List<String> TITLES =
            List.of("Table", "Files", "Size", "Deletes", "Snapshots", "Orphans", "Freed", "Took");

    private MaintenanceText() {}

    public static String write(List<TableUpkeep> tables, MaintenanceRequest.Mode mode) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        tables.forEach(table -> rows.add(cells(table, mode)));
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < rows.size(); at++) {
            text.append(line(rows, rows.get(at)));
            if (at > 0) {
                notes(tables.get(at - 1), text);
            }
        }
        if (mode == MaintenanceRequest.Mode.REHEARSE) {
            text.append("nothing was changed\n");
        }
        return text.toString();
    }

    private static String line(List<List<String>> rows, List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
            line.append(GAP)
                    .append(String.format(column == 0 ? "%-" + width + "s" : "%" + width + "s", row.get(column)));
        }
        return line.append('\n').toString();
    }

    private static void notes(TableUpkeep table, StringBuilder text) {
        table.refused().forEach(why -> note("not done: " + why, text));
        table.compacted()
                .filter(done -> done.conflicts() > 0)
                .ifPresent(done -> note(
                        "not done: somebody else has changed " + done.conflicts()
                                + (done.conflicts() == 1 ? " group of files" : " groups of files")
                                + " each time; the next run tries again",
                        text));
        table.notes().forEach(note -> note(note, text));
    }

    private static void note(String sentence, StringBuilder text) {
        text.append(Paragraph.wrapped(NOTE + sentence, NOTE)).append('\n');
    }

    private static List<String> cells(TableUpkeep table, MaintenanceRequest.Mode mode) {
        boolean rehearsed = mode == MaintenanceRequest.Mode.REHEARSE;
        long freed = table.expired().map(TableUpkeep.Expired::bytes).orElse(0L)
                + table.orphans().map(TableUpkeep.Orphans::bytes).orElse(0L);
        return List.of(
                table.table().full(),
                cell(
                        table.compacted(),
                        done -> rehearsed
                                ? done.files() + " of " + done.before().dataFiles()
                                : change(done.before().dataFiles(), done.after().dataFiles())),
                cell(
                        table.compacted(),
                        done -> rehearsed
                                ? bytes(done.before().bytes())
                                : change(
                                        bytes(done.before().bytes()),
                                        bytes(done.after().bytes()))),
                cell(
                        table.compacted(),
                        done -> change(done.before().deleteFiles(), done.after().deleteFiles())),
                cell(table.expired(), done -> change(done.before(), (long) done.before() - done.snapshots())),
                cell(table.orphans(), done -> figure(done.files())),
                table.expired().isEmpty() && table.orphans().isEmpty() ? NOTHING : bytes(freed),
                seconds(table.took()));
    }

    private static <T> String cell(Optional<T> done, Function<T, String> text) {
        return done.map(text).orElse(NOTHING);
    }

    private static String change(long before, long after) {
        return change(figure(before), figure(after));
    }

    private static String change(String before, String after) {
        return before.equals(after) ? before : before + " -> " + after;
    }

    private static String figure(long number) {
        return String.format("%,d", number);
    }

    private static String seconds(Duration took) {
        return String.format("%.1f s", took.toMillis() / 1000.0);
    }

    /** Three figures at most, and the unit. */
    static String bytes(long bytes) {
        double amount = bytes;
        for (String unit : List.of("B", "KiB", "MiB", "GiB")) {
            if (amount < 1000) {
                return amount < 10 && !unit.equals("B")
                        ? String.format("%.1f %s", amount, unit)
                        : String.format("%.0f %s", amount, unit);
            }
            amount /= 1024;
        }
        return String.format("%.1f TiB", amount);
    }
}
