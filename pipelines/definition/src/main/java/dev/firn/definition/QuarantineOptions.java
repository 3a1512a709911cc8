package dev.firn.definition;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import java.util.List;
import java.util.Optional;

/** The {@code quarantine:} section. */
@Component(
        kind = "quarantine",
        name = "quarantine",
        summary = "Where records go that could not be delivered, with the reason and their bytes.")
public record QuarantineOptions(
        @Doc("The quarantine table; `<namespace>.firn_quarantine` unless said.") @Example("ops.quarantine")
                Optional<String> table,
        @Doc(
                        "A Kafka topic that gets the same records beside the table, each once, with the reason in headers; it is on the brokers of"
                                + " the sources, and has to be there.")
                @Example("shop-dlq")
                Optional<String> topic,
        @Default("raw")
                @Doc(
                        "How the bytes of a record are kept: `raw` as they are, `encrypted` with `key`, `none` not at all, so that it can't"
                                + " be put back from there.")
                @Example("encrypted")
                Payload payload,
        @Secret
                @Doc(
                        "The key of `payload: encrypted`, the base64 of 32 bytes; a reference, since a key that stands in a file is none.")
                @Example("${secret:quarantine-key}")
                Optional<Text> key,
        @Secret
                @Doc(
                        "The `key` of earlier days, as references: nothing is encrypted with them any more, and what lies there is opened.")
                @Example("[\"${secret:quarantine-key-2025}\"]")
                List<Text> oldKeys,
        @Doc("How large a part of what is read may go to quarantine before the job ends with the reason.")
                @Example("{share: 20%, over: 10m}")
                Optional<HaltOptions> haltAbove) {

    /** How the bytes of a record are kept. */
    public enum Payload {
        RAW,
        ENCRYPTED,
        NONE
    }

    public QuarantineOptions {
        oldKeys = List.copyOf(oldKeys);
        if (payload == Payload.ENCRYPTED && key.isEmpty()) {
            throw new IllegalArgumentException("`payload: encrypted` needs a `key`");
        }
        if (payload != Payload.ENCRYPTED && key.isPresent()) {
            throw new IllegalArgumentException("`key` goes with `payload: encrypted` alone");
        }
    }
}
