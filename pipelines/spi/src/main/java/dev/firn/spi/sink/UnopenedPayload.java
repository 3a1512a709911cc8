package dev.firn.spi.sink;

import dev.firn.spi.source.OutsideException;

/** The bytes of a quarantined record are not those that were encrypted with its key at its place. */
public final class UnopenedPayload extends OutsideException {

    private static final long serialVersionUID = 1L;

    UnopenedPayload(String message) {
        super(message);
    }
}
