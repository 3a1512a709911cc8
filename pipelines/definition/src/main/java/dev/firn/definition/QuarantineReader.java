package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Names;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/** Binds {@code quarantine:}. */
record QuarantineReader(Sections sections) {

    Optional<Bound<QuarantineOptions>> read() {
        return sections.optional("quarantine")
                .flatMap(section -> sections.mapping(section, "quarantine", "a mapping with `table`"))
                .flatMap(this::read);
    }

    private Optional<Bound<QuarantineOptions>> read(Node.Mapping quarantine) {
        Diagnostics here = sections.diagnostics().at("quarantine");
        Sections.plainText(quarantine, "table")
                .filter(text -> !Names.isTableName(text.text()))
                .ifPresent(text -> here.report(TableReader.invalidTableName("table", text)));
        return Binder.bind(quarantine, QuarantineOptions.class, here);
    }
}
