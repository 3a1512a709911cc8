package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A table that meets a writer's schema: all that a decision about it is recorded with.
 *
 * @param incarnation the table's uuid
 * @param lineage the schema among the versions of its subject
 * @param state the table's, as it was judged
 */
record MetSchema(TableName table, String incarnation, SchemaLineage lineage, TableState state, Origin origin) {

    private static final int ID_BYTES = 8;

    /**
     * Who has met it.
     *
     * @param first the record that came with the schema
     */
    record Origin(String pipeline, long run, RawRecord first) {}

    /** What the table became; empty where there is nothing to tell. */
    Optional<SchemaDecision> accepted(List<Decided> decided, List<Integer> schemas) {
        byte[] random = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        return decided.isEmpty()
                ? Optional.empty()
                : Optional.of(decision(
                        id(random),
                        schemas,
                        decided.stream().map(MetSchema::change).toList()));
    }

    /** What the table was refused. Whoever refuses the same of the same table says so under the same id. */
    Optional<SchemaDecision> refused(List<Decided> decided) {
        List<SchemaDecision.Change> changes =
                decided.stream().map(MetSchema::change).toList();
        String what = String.join("\n", incarnation, lineage.schema().fingerprint(), changes.toString());
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(decision(id(what.getBytes(StandardCharsets.UTF_8)), List.of(), changes));
    }

    /** The same of all that was decided where it is Iceberg that does not go along. */
    Optional<SchemaDecision> impossible(List<Decided> decided, Decision decision, String why) {
        return refused(decided.stream()
                .map(one -> new Decided(one.change(), decision, why))
                .toList());
    }

    private SchemaDecision decision(String id, List<Integer> schemas, List<SchemaDecision.Change> changes) {
        return new SchemaDecision(
                id,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                origin.pipeline(),
                origin.run(),
                new SchemaDecision.MetTable(table, incarnation, schemas),
                new SchemaDecision.Writer(
                        lineage.subjectName(),
                        from(),
                        lineage.number(lineage.schema()),
                        framedId(origin.first()),
                        lineage.schema().fingerprint(),
                        Optional.of(SchemaDecision.Place.of(origin.first()))),
                changes);
    }

    private static OptionalInt framedId(RawRecord record) {
        int id = record.valueSchemaId();
        return id == RawRecord.NO_SCHEMA_ID ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The newest of the other versions that the table was written with. */
    private OptionalInt from() {
        for (int place = lineage.versions().size() - 1; place >= 0; place--) {
            WriterSchema version = lineage.versions().get(place);
            if (place != lineage.own() && state.bindings().containsKey(version.fingerprint())) {
                return lineage.number(version);
            }
        }
        return OptionalInt.empty();
    }

    private static SchemaDecision.Change change(Decided decided) {
        SchemaChange change = decided.change();
        return new SchemaDecision.Change(
                change.kind().word(),
                change.path(),
                change.before(),
                change.after(),
                decided.decision().word(),
                decided.why());
    }

    private static String id(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("our bug: every Java has SHA-256", e);
        }
    }
}
