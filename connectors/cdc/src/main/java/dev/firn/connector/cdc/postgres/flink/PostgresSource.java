package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.PostgresOptions;
import dev.firn.connector.cdc.Startup;
import dev.firn.connector.cdc.postgres.plan.AddressSettings;
import dev.firn.connector.cdc.postgres.plan.SlotNames;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.schema.DatabaseChanges;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.flink.SourceTranslator.PlannedSource;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.source.StartPositions;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Tables of a Postgres database as events with positions. Travels in the job with references in its settings; they are resolved where
 * it is read.
 *
 * <pre>
 *   DatabaseEnumerator          DatabaseFetcher, a thread              DatabaseReader
 *     gives the one log   --->    rows of tables, then the log   --->    emits in order, keeps positions,
 *     to one reader               as steps                               lets the log go behind checkpoints
 * </pre>
 */
public final class PostgresSource implements Source<SourceEvent, DatabaseSplit, Boolean> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final AddressSettings address;
    private final Startup startup;
    private final List<String> tables;
    private final String slot;
    private final String publication;
    private final ShelfName shelf;
    private final StartPositions ledger;

    PostgresSource(PlannedSource planned, PostgresOptions options, ShelfName shelf) {
        this.name = planned.name();
        this.address = AddressSettings.of(options);
        this.startup = options.startup();
        this.tables = planned.streams();
        this.slot = SlotNames.slot(options, planned.pipeline(), planned.name());
        this.publication = SlotNames.publication(options, planned.pipeline(), planned.name());
        this.shelf = shelf;
        this.ledger = planned.startPositions();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<DatabaseSplit, Boolean> createEnumerator(SplitEnumeratorContext<DatabaseSplit> context) {
        return new DatabaseEnumerator(context, false);
    }

    @Override
    public SplitEnumerator<DatabaseSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<DatabaseSplit> context, Boolean assigned) {
        return new DatabaseEnumerator(context, assigned);
    }

    @Override
    public SourceReader<SourceEvent, DatabaseSplit> createReader(SourceReaderContext context) {
        Confirmed confirmed = new Confirmed();
        Handover handover = new Handover();
        return new DatabaseReader(() -> fetcher(confirmed, handover), confirmed, handover, context);
    }

    private DatabaseFetcher fetcher(Confirmed confirmed, Handover handover) {
        ReferenceResolver references = SystemReferences.ofThisProcess();
        try {
            return new DatabaseFetcher(
                    new DatabaseFetcher.Reading(
                            name, address.resolve(references), tables, startup, slot, publication, ledger),
                    DatabaseChanges.memory(shelf),
                    confirmed,
                    handover);
        } catch (UnresolvedReference unresolved) {
            // Starting again in the same process would look in the same places.
            throw new SuppressRestartsException(unresolved);
        }
    }

    @Override
    public SimpleVersionedSerializer<DatabaseSplit> getSplitSerializer() {
        return new DatabaseSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new AssignedSerializer();
    }
}
