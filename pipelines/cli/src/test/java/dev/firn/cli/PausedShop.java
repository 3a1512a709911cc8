package dev.firn.cli;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.table.Decision;
import dev.firn.flink.PlannedFormats;
import dev.firn.flink.replay.Replay;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** A pipeline whose table pauses at a new column, on a real lake in a folder; what its job does is done by hand, without a broker. */
public final class PausedShop implements AutoCloseable {

    public static final TableName ORDERS = new TableName("sales.orders");
    public static final Split SPLIT = new Split("kafka", "orders", 0, "topic-1");

    /** Records of it pause the table. */
    public static final int NEW = 2;

    public static final int OLD = 1;

    /** Of it, too, whatever was decided about the other. */
    static final int NEWER = 3;

    private static final int FIRST_ID = 100;
    private static final long RUN = 1;
    private static final String PAUSED = "firn.shop.paused";

    private final Registry registry = new Registry();
    private final SystemReferences references = SystemReferences.ofThisProcess();
    private final Path folder;
    private final PipelineFile file;
    private final PipelineDefinition definition;
    private final PipelinePlan plan;
    private final LivePlanContext context;
    private final FormatReader format;
    private TableWriters writers;
    private final List<QuarantinedRecord> refused = new ArrayList<>();
    private long epoch;
    private long settled;
    private long read;
    private long position;

    public PausedShop(Path folder) throws IOException {
        this.folder = folder;
        registry.register("orders-value", schema(""));
        registry.register(
                "orders-value", schema(", {\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}"));
        registry.register(
                "orders-value",
                schema(", {\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null},"
                        + " {\"name\": \"more\", \"type\": [\"null\", \"string\"], \"default\": null}"));
        Path path = Files.writeString(
                folder.resolve("orders.yaml"),
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "nowhere:9092"}
                  format: {type: avro, registry: {url: "REGISTRY", on-outage: {wait: 1s, then: quarantine}}}
                route:
                  - {from: orders, to: sales.orders}
                tables:
                  - {table: sales.orders, schema-evolution: {add-column: pause-table}}
                sink: {type: iceberg, namespace: sales, catalog: {type: hadoop, warehouse: "LAKE"}}
                """
                        .replace("REGISTRY", registry.url())
                        .replace(
                                "LAKE",
                                folder.resolve("lake").toAbsolutePath().toUri().toString()));
        file = new EnvironmentArgument().pipeline(path);
        definition = file.read().orElseThrow();
        plan = file.planOffline(definition).orElseThrow();
        context = LivePlanContext.open(definition, file.connectors(), references, new Diagnostics());
        format =
                PlannedFormats.of(plan.pipeline(), plan.sources().get(0), PausedShop.class.getClassLoader())
                        .open(references)
                        .stream("orders");
        TableSchema columns = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
        lake().create(new TableSpec(ORDERS, columns, List.of(), new TreeMap<>()));
        lake().create(lake().quarantineTable());
        lake().ledger().claimRun();
        writers = newWriters();
    }

    private static String schema(String more) {
        return "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"id\", \"type\": \"long\"}" + more
                + "]}";
    }

    public Lake lake() {
        return context.lake().orElseThrow();
    }

    public PipelineFile file() {
        return file;
    }

    public PipelineDefinition definition() {
        return definition;
    }

    public PipelinePlan plan() {
        return plan;
    }

    Registry registry() {
        return registry;
    }

    private TableWriters newWriters() {
        return lake().writers(
                        new WriterSettings(RUN, 0, 0), Optional.of(new PolicyEvolution(PlannedPolicies.in(plan))));
    }

    /** As a job does that has started again: it looks at its tables anew. */
    void restart() {
        writers.close();
        writers = newWriters();
    }

    /** As the job writes the next record, which has its position as its id; answers whether it has gone to quarantine. */
    public boolean write(int version) {
        RawRecord record = record(position++, version);
        read++;
        Optional<NoRow> outcome;
        try {
            outcome = writers.write(ORDERS, format, format.schemaId(record), List.of(record))
                    .get(0);
        } catch (Rejected unreadable) {
            throw new IllegalStateException(unreadable);
        }
        outcome.ifPresent(why -> refused.add(QuarantinedRecord.of(record, Optional.of(ORDERS.full()), (Rejected) why)));
        return outcome.isPresent();
    }

    private static RawRecord record(long id, int version) {
        // An Avro long below 64 is a byte; then come the branches of what is null.
        ByteBuffer value = ByteBuffer.allocate(5 + version)
                .put((byte) 0)
                .putInt(FIRST_ID + version)
                .put((byte) (2 * id));
        return new RawRecord(SPLIT, id, 0, null, value.array(), List.of());
    }

    /** As a checkpoint of the job: an epoch in the ledger, and in its tables. */
    public void barrier() {
        commit(writtenAhead());
    }

    /** The same up to the ledger. */
    public Epoch writtenAhead() {
        List<OutcomeCount> outcomes = new ArrayList<>();
        long held = refused.size();
        if (held < read) {
            outcomes.add(new OutcomeCount(SPLIT, Outcome.ROUTED, ORDERS.full(), "", read - held));
        }
        if (held > 0) {
            outcomes.add(new OutcomeCount(SPLIT, Outcome.QUARANTINED, ORDERS.full(), "table-paused", held));
            writers.quarantine(refused);
        }
        SplitProgress progress = new SplitProgress(SPLIT, position - read, position, read);
        Epoch written = new Epoch(++epoch, RUN, "", epoch, List.of(progress), outcomes, writers.stage());
        lake().ledger().append(written, settled);
        refused.clear();
        read = 0;
        return written;
    }

    public void commit(Epoch written) {
        for (StagedFiles staged : written.staged()) {
            lake().commit(staged.table(), List.of(new StagedEpoch(RUN, written.number(), List.of(staged))));
        }
        settled = written.number();
    }

    /** As {@code firn table resume} does, once it has a plan. */
    public Cli.Answer resume(Optional<Decision> decision) throws Exception {
        return resume(decision, Replay.EpochSize.DEFAULT);
    }

    Cli.Answer resume(Optional<Decision> decision, Replay.EpochSize size) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        ReplayRun replay = new ReplayRun(screen, file, plan, context, references, size);
        int code = new TableResumption(replay, lake(), ORDERS, decision, Duration.ZERO).run();
        return new Cli.Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As {@code firn replay} does. */
    Replayed replay() throws Exception {
        Screen screen = new Screen(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        return new ReplayRun(screen, file, plan, context, references)
                .run(lake(), QuarantineSelection.all(Payload.READ), PlannedPolicies.in(plan))
                .orElseThrow();
    }

    /** Somebody breaks a table so that nobody can load it any more. */
    public void corrupt(TableName table) throws IOException {
        Path metadata =
                folder.resolve("lake").resolve(table.full().replace('.', '/')).resolve("metadata");
        try (Stream<Path> files = Files.list(metadata)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".metadata.json"))
                    .toList()) {
                Files.writeString(file, "{}");
                Files.deleteIfExists(metadata.resolve("." + file.getFileName() + ".crc"));
            }
        }
    }

    /** The quarantine's rows expire. */
    public void expireQuarantine() {
        catalog()
                .loadTable(TableIdentifier.of("sales", "firn_quarantine"))
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();
    }

    /** How many snapshots the table had when it last waited. */
    int snapshotsAtTheEndOfThePause() {
        Table orders = orders();
        int snapshots = 0;
        for (TableMetadata.MetadataLogEntry entry :
                ((HasTableOperations) orders).operations().current().previousFiles()) {
            TableMetadata then = TableMetadataParser.read(orders.io(), entry.file());
            if (then.properties().containsKey(PAUSED)) {
                snapshots = then.snapshots().size();
            }
        }
        return snapshots;
    }

    /** The ids that have come to the table, snapshot by snapshot; those of one snapshot in their order. */
    List<List<Long>> idsBySnapshot() {
        List<List<Long>> ids = new ArrayList<>();
        Set<Long> before = new HashSet<>();
        for (Snapshot snapshot : orders().snapshots()) {
            List<Long> come = new ArrayList<>();
            for (Record row : IcebergGenerics.read(orders())
                    .useSnapshot(snapshot.snapshotId())
                    .build()) {
                Long id = (Long) row.getField("id");
                if (before.add(id)) {
                    come.add(id);
                }
            }
            ids.add(come.stream().sorted().toList());
        }
        return ids;
    }

    private HadoopCatalog catalog() {
        return new HadoopCatalog(
                new Configuration(),
                folder.resolve("lake").toAbsolutePath().toUri().toString());
    }

    /** The pause as the table says it; it has to wait. */
    String pause() {
        return String.valueOf(orders().properties().get(PAUSED));
    }

    /** The table says again what it has said before. */
    void pause(String said) {
        orders().updateProperties().set(PAUSED, said).commit();
    }

    private Table orders() {
        return catalog().loadTable(TableIdentifier.of("sales", "orders"));
    }

    /** The ids that are in the table now, in order. */
    List<Long> ids() {
        return idsAsTheyLie().stream().sorted().toList();
    }

    /** The same, file by file. */
    List<Long> idsAsTheyLie() {
        List<Long> ids = new ArrayList<>();
        lake().read(ORDERS, List.of("id"), row -> ids.add((Long) row.get(0)));
        return ids;
    }

    @Override
    public void close() {
        writers.close();
        format.close();
        context.close();
        registry.close();
    }
}
