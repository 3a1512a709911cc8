package dev.firn.connector.cdc;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the databases have in common: streams are tables; a plan with one that is not built is refused before it is looked at. */
abstract class DatabaseConnector implements SourceConnector {

    /** The selectors of the tables, in the order of the file. */
    abstract List<Selector> tables(Record options);

    /** Of what they select, what is not read. */
    abstract List<Selector> exclude(Record options);

    /** Tables that the file names; which ones a wildcard or an expression selects the database alone knows. */
    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        Bound<?> component = source.component();
        List<Selector> tables = tables(component.options());
        List<StreamSelection.Line> lines = new ArrayList<>();
        for (int index = 0; index < tables.size(); index++) {
            Selector table = tables.get(index);
            lines.add(new StreamSelection.Line(
                    table.toString(),
                    table.literal().isPresent() ? Optional.empty() : Optional.of(table),
                    component.span("tables", index)));
        }
        StreamSelection selection = new StreamSelection(lines, exclude(component.options()));
        return new SourceDescription(selection.named(), "not built yet", selection);
    }

    /** Nobody is asked, so nothing is known but their names. */
    @Override
    public List<StreamDescription> streams(SourceDefinition source, KnownSchemas known, Diagnostics diagnostics) {
        return describe(source, new Diagnostics()).streams().stream()
                .map(stream -> new StreamDescription(stream.name(), stream.span(), Optional.empty(), true))
                .toList();
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        throw new IllegalStateException("our bug: the plan let a source of type " + type() + " pass");
    }
}
