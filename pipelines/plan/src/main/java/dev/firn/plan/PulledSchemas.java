package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an offline plan knows of schemas.
 *
 * @param folder they are from, as the user names it
 * @param pipeline the file that they are pulled for
 * @param absence what it means where one is not there
 * @param known by the names of sources
 */
public record PulledSchemas(String folder, String pipeline, Absence absence, Map<String, KnownSchemas> known) {

    /** Nothing is known, and nobody minds. */
    public static final PulledSchemas NONE = new PulledSchemas("", "", Absence.SILENT, Map.of());

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
    }

    KnownSchemas of(SourceDefinition source) {
        return known.getOrDefault(source.name(), KnownSchemas.NONE);
    }

    /** @param missing the names of streams of which something was asked for and not known */
    void report(List<NamedStream> streams, Set<String> missing, Diagnostics diagnostics) {
        if (absence == Absence.SILENT || missing.isEmpty()) {
            return;
        }
        SourceSpan span = streams.stream()
                .filter(stream -> missing.contains(stream.name()))
                .map(NamedStream::span)
                .findFirst()
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
