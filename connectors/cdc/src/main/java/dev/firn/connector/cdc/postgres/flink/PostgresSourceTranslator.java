package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.PostgresOptions;
import dev.firn.connector.cdc.PostgresSourceConnector;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.schema.DatabaseChanges;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.record.SourceEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** Makes Flink sources of {@code type: postgres}. */
public final class PostgresSourceTranslator implements SourceTranslator {

    @Override
    public String type() {
        return PostgresSourceConnector.TYPE;
    }

    @Override
    public Source<SourceEvent, ?, ?> source(PlannedSource source) {
        return new PostgresSource(source, (PostgresOptions) source.options(), shelf(source));
    }

    @Override
    public List<SavedSplit> savedSplits(PlannedSource source, int version, byte[] bytes) throws IOException {
        DatabaseSplit saved = new DatabaseSplitSerializer().deserialize(version, bytes);
        if (!saved.isOpened()) {
            return List.of();
        }
        DatabaseSplits splits = new DatabaseSplits(source.name(), saved.incarnation());
        List<SavedSplit> all = new ArrayList<>();
        all.add(new SavedSplit(splits.log(), saved.boundary()));
        saved.tables().forEach((table, place) -> {
            if (source.streams().contains(table)) {
                all.add(new SavedSplit(splits.rows(table, place.oid()), place.rows()));
                if (place.isComplete()) {
                    all.add(new SavedSplit(splits.changes(table, place.oid()), place.changes()));
                }
            }
        });
        return all;
    }

    @Override
    public RecordFormat format(PlannedSource source) {
        return DatabaseChanges.format(shelf(source), source.schemas());
    }

    private static ShelfName shelf(PlannedSource source) {
        return new ShelfName(source.pipeline(), source.run(), source.name());
    }
}
