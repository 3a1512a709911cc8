package dev.example.ticks;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import java.util.ArrayList;
import java.util.List;

/** The connector behind {@code type: ticks}; there is nothing outside to ask. */
public final class TicksSourceConnector implements SourceConnector {

    @Override
    public String type() {
        return "ticks";
    }

    @Override
    public Class<? extends Record> options() {
        return TicksOptions.class;
    }

    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        Bound<?> component = source.component();
        TicksOptions options = (TicksOptions) component.options();
        List<NamedStream> streams = new ArrayList<>();
        for (int index = 0; index < options.clocks().size(); index++) {
            streams.add(new NamedStream(options.clocks().get(index), component.span("clocks", index)));
        }
        return new SourceDescription(streams, "a tick every " + options.every().toSeconds() + " s");
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        throw new OutsideException("there are no clocks");
    }
}
