package dev.firn.spi.ledger;

import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest event time that a table's rows from a split have had, up to some position of the split.
 *
 * @param column of the table, which said so
 * @param micros since 1970
 */
public record NewestTime(Split split, TableName table, String column, long micros) implements Serializable {

    /** Adds up by how much they have moved. Goes on behind what it has, for a ledger grows while it is read. */
    public static final class Fold {

        private record Of(Split split, String table, String column) {}

        private final Map<Of, Long> moved = new LinkedHashMap<>();
        private long through;
        private boolean isAnother;

        /** Adds an epoch, unless it was taken back. */
        public void add(WrittenEpoch written) {
            // What has been taken back since, or added up, may be in here already.
            isAnother |= written.rewind().isPresent() || written.first() <= through;
            through = written.epoch().number();
            if (written.takenBack().isEmpty()) {
                for (OutcomeCount count : written.epoch().outcomes()) {
                    if (count.outcome() == Outcome.EVENT_TIME) {
                        moved.merge(new Of(count.split(), count.table(), count.reason()), count.records(), Long::sum);
                    }
                }
            }
        }

        /**
         * The same with what the ledger has got since; this one stays as it is.
         *
         * @param ledger which may fail on the way
         */
        public Fold with(Ledger ledger) {
            Fold more = new Fold();
            more.moved.putAll(moved);
            more.through = through;
            ledger.history(through, more::add);
            if (through == 0 || !more.isAnother) {
                return more;
            }
            return new Fold().with(ledger);
        }

        /** Where they stand behind the last of the epochs. */
        public List<NewestTime> newest() {
            List<NewestTime> newest = new ArrayList<>();
            moved.forEach((of, micros) ->
                    newest.add(new NewestTime(of.split(), new TableName(of.table()), of.column(), micros)));
            return newest;
        }
    }
}
