package dev.firn.definition;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import java.util.Optional;

/** The {@code quarantine:} section. */
@Component(
        kind = "quarantine",
        name = "quarantine",
        summary = "Where records go that could not be delivered, with the reason and their bytes.")
public record QuarantineOptions(
        @Doc("The quarantine table; `<namespace>.firn_quarantine` unless said.") @Example("ops.quarantine")
                Optional<String> table) {}
