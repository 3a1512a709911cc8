package dev.firn.quality.validation;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions of a record as its table sees them. One that can't be made a row of the table is none of them. */
record ShapedLineages(Version shaped, List<SchemaLineage> records) {

    /** What becomes of one version. */
    @FunctionalInterface
    interface Version {
        WriterSchema of(WriterSchema writer, FieldNames.Versions versions) throws Rejected;
    }

    List<SchemaLineage> all() throws Rejected {
        // The same whatever lineage it is found in, as by itself.
        WriterSchema own = shaped.of(records.get(0).schema(), () -> records);
        List<SchemaLineage> all = new ArrayList<>();
        for (SchemaLineage lineage : records) {
            all.add(of(lineage, own));
        }
        return all;
    }

    private SchemaLineage of(SchemaLineage lineage, WriterSchema own) {
        List<WriterSchema> versions = new ArrayList<>();
        Set<Integer> deleted = new HashSet<>();
        SortedMap<String, Integer> numbers = new TreeMap<>();
        int place = 0;
        for (int version = 0; version < lineage.versions().size(); version++) {
            boolean isOwn = version == lineage.own();
            Optional<WriterSchema> shaped = isOwn ? Optional.of(own) : other(lineage, version);
            if (shaped.isEmpty()) {
                continue;
            }
            if (isOwn) {
                place = versions.size();
            }
            if (lineage.deleted().contains(version)) {
                deleted.add(versions.size());
            }
            String fingerprint = shaped.get().fingerprint();
            lineage.number(lineage.versions().get(version)).ifPresent(number -> numbers.put(fingerprint, number));
            versions.add(shaped.get());
        }
        lineage.number(lineage.schema()).ifPresent(number -> numbers.put(own.fingerprint(), number));
        return new SchemaLineage(
                versions,
                place,
                deleted,
                new SchemaLineage.Subject(lineage.subject().name(), numbers));
    }

    private Optional<WriterSchema> other(SchemaLineage lineage, int version) {
        SchemaLineage seen = new SchemaLineage(lineage.versions(), version, lineage.deleted(), lineage.subject());
        try {
            return Optional.of(shaped.of(seen.schema(), () -> List.of(seen)));
        } catch (Rejected noRow) {
            return Optional.empty();
        }
    }
}
