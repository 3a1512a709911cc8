package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.spi.inspection.InspectedCatalog.UnknownTable;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableCheck.Finding;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Table;

/** Looks a table through, and forgets what has expired meanwhile. */
record Verification(InspectedLake lake, TableName name, Depth depth, Consumer<String> progress) {

    TableCheck run() {
        Table table = table();
        TableCheck check = look(table);
        if (check.isWhole()) {
            return check;
        }
        Table now = table();
        if (!InspectedLake.metadata(now)
                .uuid()
                .equals(InspectedLake.metadata(table).uuid())) {
            throw new OutsideException(
                    "table `" + name + "` was dropped and made anew while it was looked through; look again");
        }
        return new TableCheck(
                name,
                check.looked(),
                check.findings().stream()
                        .flatMap(finding -> left(finding, now).stream())
                        .toList(),
                check.unasked());
    }

    private Table table() {
        return lake.find(name).orElseThrow(() -> new UnknownTable(name));
    }

    private TableCheck look(Table table) {
        try {
            return new VerificationTurn(lake, name, table, depth, progress).run();
        } catch (IllegalStateException | NullPointerException | OutsideException e) {
            throw e;
        } catch (RuntimeException e) {
            throw lake.failed("look table `" + name + "` through", e);
        }
    }

    /** Files go with snapshots that expire, which is no fault; what a snapshot needs that is still there may not go. */
    private static Optional<Finding> left(Finding finding, Table now) {
        if (finding.snapshots().stream().allMatch(id -> now.snapshot(id) != null)) {
            return Optional.of(finding);
        }
        List<Long> left = finding.snapshots().stream()
                .filter(id -> now.snapshot(id) != null)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        finding.kind(),
                        finding.path(),
                        finding.problem(),
                        finding.meaning(),
                        left,
                        finding.isNow(),
                        finding.refs()));
    }
}
