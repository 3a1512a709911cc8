package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that were written for another table of the same name: refused, until the owner says that they are to stay away. */
record Strandings(TableMarks marks, TableMetadata metadata) {

    private static final Logger LOG = LoggerFactory.getLogger(Strandings.class);

    /**
     * The epochs without what was abandoned.
     *
     * @throws TableRecreated if there are other rows for a table that is gone
     */
    List<StagedEpoch> leaveOut(List<StagedEpoch> epochs) {
        long abandonedThrough = abandonedThrough();
        List<StagedEpoch> kept = new ArrayList<>();
        List<StagedEpoch> stranded = new ArrayList<>();
        for (StagedEpoch epoch : epochs) {
            List<StagedFiles> strange =
                    epoch.files().stream().filter(this::isStranded).toList();
            if (strange.isEmpty()) {
                kept.add(epoch);
            } else if (epoch.epoch() > abandonedThrough) {
                stranded.add(epoch.with(strange));
            } else {
                addRest(epoch, kept);
            }
        }
        if (!stranded.isEmpty()) {
            throw recreated(stranded);
        }
        return kept;
    }

    private boolean isStranded(StagedFiles files) {
        return files.changeRows() && !files.incarnation().equals(metadata.uuid());
    }

    /** Of two subtasks, one may have seen the new table before the other. */
    private void addRest(StagedEpoch epoch, List<StagedEpoch> kept) {
        StagedEpoch rest = epoch.with(
                epoch.files().stream().filter(files -> !isStranded(files)).toList());
        LOG.warn(
                "{} rows of epoch {} stay away from table {}, as its property {} says",
                epoch.records() - rest.records(),
                epoch.epoch(),
                marks.table(),
                marks.abandonProperty());
        if (rest.changesRows()) {
            kept.add(rest);
        }
    }

    private TableRecreated recreated(List<StagedEpoch> stranded) {
        return new TableRecreated(
                marks.table(),
                new TableRecreated.Stranded(
                        stranded.get(0).epoch(),
                        stranded.get(stranded.size() - 1).epoch(),
                        stranded.stream().mapToLong(StagedEpoch::records).sum(),
                        stranded.get(0).files().get(0).incarnation()),
                metadata.uuid(),
                marks.abandonProperty());
    }

    private long abandonedThrough() {
        TableName table = marks.table();
        String text = metadata.properties().getOrDefault(marks.abandonProperty(), "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CommitRefused("table `" + table + "` has the property `" + marks.abandonProperty()
                    + "` with the value `" + text + "`, which is not the number of an epoch");
        }
    }
}
