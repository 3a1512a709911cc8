package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.Health;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Where a topic for quarantined records is: it carries references, not their values. Two that are equal are the same topic. */
public interface QuarantineTopicFactory extends Serializable {

    /** Why there can be no topic of that name, as a sentence without a beginning; empty where there can. */
    Optional<String> complaint();

    /**
     * Looks whether it can be written to, and changes nothing. A look that nobody answers to is not tried, and no complaint.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if something is not there to ask with
     */
    List<Health> look(ReferenceResolver references);

    /** Opens it in the process that writes; asks nobody yet. */
    QuarantineTopic open(ReferenceResolver references);
}
