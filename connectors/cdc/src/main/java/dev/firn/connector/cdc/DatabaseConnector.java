package dev.firn.connector.cdc;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import java.util.ArrayList;
import java.util.List;

/** What the databases have in common: streams are tables, and a plan with one is refused before it is looked at. */
abstract class DatabaseConnector implements SourceConnector {

    /** The selectors of the tables, in the order of the file. */
    abstract List<Selector> tables(Record options);

    /** Tables that the file names; which ones a wildcard or an expression selects the database alone knows. */
    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        Bound<?> component = source.component();
        List<Selector> tables = tables(component.options());
        List<NamedStream> streams = new ArrayList<>();
        for (int index = 0; index < tables.size(); index++) {
            int place = index;
            tables.get(index)
                    .literal()
                    .ifPresent(name -> streams.add(new NamedStream(name, component.span("tables", place))));
        }
        return new SourceDescription(streams, "not built yet");
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        throw new IllegalStateException("our bug: the plan let a source of type " + type() + " pass");
    }
}
