package dev.firn.spi.notation;

import java.util.List;
import java.util.stream.Collectors;

/** A notation has no words for some places of a schema. */
public final class NotExpressible extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Misfit> misfits;

    public NotExpressible(List<Misfit> misfits) {
        super(misfits.stream().map(Misfit::line).collect(Collectors.joining("; ")));
        this.misfits = List.copyOf(misfits);
    }

    public List<Misfit> misfits() {
        return misfits;
    }
}
