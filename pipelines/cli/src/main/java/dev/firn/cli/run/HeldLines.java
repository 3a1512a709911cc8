package dev.firn.cli.run;

import dev.firn.flink.commit.TableHealth;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What to say about tables that are held: once that one is, once that it has caught up, once that its files get old. */
final class HeldLines {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ZoneId zone;
    private final Set<TableName> held = new HashSet<>();
    private final Set<TableName> old = new HashSet<>();

    HeldLines(ZoneId zone) {
        this.zone = zone;
    }

    List<String> of(List<TableHealth> tables, Instant now) {
        List<String> lines = new ArrayList<>();
        for (TableHealth table : tables) {
            table.heldFor()
                    .filter(time -> held.add(table.table()))
                    .ifPresent(time -> lines.add(table.table()
                            + " is held since " + CLOCK.format(now.minus(time).atZone(zone)) + ": " + table.reason()
                            + "; its rows are staged, the other tables go on"));
            // After a restart a table is not known to be well before something has landed.
            if (table.detached().isPresent()) {
                held.remove(table.table());
            } else if (!table.isHeld() && table.landedEpoch() > 0 && held.remove(table.table())) {
                lines.add(table.table() + " has caught up, with epoch " + table.landedEpoch());
            }
            if (!table.hasOldFiles()) {
                old.remove(table.table());
            } else if (old.add(table.table())) {
                lines.add(table.table() + ": what is staged for it has been waiting for "
                        + table.oldest().toHours() + "h; cleaners of orphan files delete it after three days");
            }
        }
        return lines;
    }
}
