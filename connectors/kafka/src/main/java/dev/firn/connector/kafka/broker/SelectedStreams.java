package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.TopicSchemas;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.schema.SchemaCode;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Topics that the file selects. Somebody has made one a minute ago, and has not registered a schema yet: that must not keep all the others from
 * starting, so it is left for a later start; nor does a registry that is away, which nobody has ever asked for it. One that was read before is as any
 * that the file names.
 *
 * @param named whether {@code subjects} says the subject of a topic: then it is a slip of the pen that there is none
 */
record SelectedStreams(TopicSchemas schemas, FoundBefore before, Predicate<String> named, Diagnostics diagnostics) {

    /** @param alone whether the source reads nothing else, so that nothing is left to start with */
    List<StreamDescription> describe(List<NamedStream> selected, boolean alone) {
        List<StreamDescription> described = new ArrayList<>();
        List<Diagnostic> complaints = new ArrayList<>();
        List<Diagnostic> left = new ArrayList<>();
        for (NamedStream stream : selected) {
            Diagnostics here = new Diagnostics();
            StreamDescription one = schemas.describe(stream, topic -> false, here);
            boolean isKnown = before.of(stream.name()).isPresent() || named.test(stream.name());
            // A registry that is away is told of once, by the first topic.
            boolean isAway = here.has(SchemaCode.REGISTRY_UNREACHABLE)
                    || (one.schema().isEmpty() && here.inOrder().isEmpty());
            if (!isKnown && (isAway || here.has(SchemaCode.SUBJECT_NOT_FOUND))) {
                left.add(notYet(stream, isAway));
                complaints.addAll(here.inOrder());
            } else {
                described.add(one);
                diagnostics.reportAll(here.inOrder());
            }
        }
        diagnostics.reportAll(alone && described.isEmpty() ? complaints : left);
        return described;
    }

    private static Diagnostic notYet(NamedStream stream, boolean isAway) {
        return Diagnostic.warning(
                        SchemaCode.SUBJECT_NOT_FOUND,
                        stream.span(),
                        "topic `" + stream.name() + "` is not read: "
                                + (isAway
                                        ? "the registry does not answer, and nobody has read it before"
                                        : "it has no schema in the registry yet")
                                + "; the next start looks again")
                .fixedBy(isAway ? "start again when the registry answers" : "register its schema, or `exclude` it");
    }
}
