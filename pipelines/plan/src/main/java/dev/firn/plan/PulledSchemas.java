package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an offline plan knows of schemas.
 *
 * @param folder they are from, as the user names it
 * @param pipeline the file that they are pulled for
 * @param absence what it means where one is not there
 * @param known by the names of sources
 * @param given streams that tests give records of, by source: of one that selects its streams they are there
 */
public record PulledSchemas(
        String folder,
        String pipeline,
        Absence absence,
        Map<String, KnownSchemas> known,
        Map<String, Set<String>> given) {

    /** Nothing is known, and nobody minds. */
    public static final PulledSchemas NONE = new PulledSchemas("", "", Absence.SILENT, Map.of(), Map.of());

    /** What is said of a stream whose schema is not known. */
    public enum Absence {
        SILENT,
        /** The folder is there, and has others. */
        WARNED,
        /** The folder is not there. */
        REFUSED
    }

    public PulledSchemas {
        known = Map.copyOf(known);
        given = Map.copyOf(given);
    }

    KnownSchemas of(SourceDefinition source) {
        KnownSchemas pulled = known.getOrDefault(source.name(), KnownSchemas.NONE);
        Set<String> there = new TreeSet<>(pulled.streams());
        there.addAll(given.getOrDefault(source.name(), Set.of()));
        return new KnownSchemas() {
            @Override
            public Optional<NewestSchema> of(String stream, SchemaPart part) {
                return pulled.of(stream, part);
            }

            @Override
            public Set<String> streams() {
                return there;
            }
        };
    }

    /** @param missing the names of streams of which something was asked for and not known */
    void report(SourceDescription source, Set<String> missing, Diagnostics diagnostics) {
        if (absence == Absence.SILENT || missing.isEmpty()) {
            return;
        }
        SourceSpan span = source.streams().stream()
                .filter(stream -> missing.contains(stream.name()))
                .findFirst()
                .or(() -> missing.stream()
                        .flatMap(stream -> source.selection().of(stream).stream())
                        .findFirst())
                .map(NamedStream::span)
                .orElseThrow();
        String named = missing.stream().map(stream -> "`" + stream + "`").collect(Collectors.joining(", "));
        String what = absence == Absence.REFUSED
                ? "there is no folder `" + folder + "` with pulled schemas, so the columns of " + named + " are unknown"
                : "`" + folder + "` has no schema of " + named + ", so the columns are unknown";
        Diagnostic diagnostic = absence == Absence.REFUSED
                ? Diagnostic.error(PlanCode.SCHEMA_NOT_PULLED, span, what)
                : Diagnostic.warning(PlanCode.SCHEMA_NOT_PULLED, span, what);
        diagnostics.report(diagnostic.fixedBy("firn schema pull " + pipeline));
    }
}
