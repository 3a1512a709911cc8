package dev.firn.connector.kafka;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with a Kafka source. */
public enum KafkaCode implements DiagnosticCode {
    INVALID_TOPIC_NAME(Blame.FILE),
    DUPLICATE_TOPIC(Blame.FILE),
    NO_BOOTSTRAP_SERVERS(Blame.FILE),
    RESERVED_PROPERTY(Blame.FILE),
    INVALID_KAFKA_PROPERTY(Blame.FILE),
    UNKNOWN_KAFKA_PROPERTY(Blame.FILE),
    READ_UNCOMMITTED(Blame.FILE),
    COLUMN_NAME_TAKEN(Blame.FILE),
    TOPIC_NOT_FOUND(Blame.FILE),
    BROKER_UNREACHABLE(Blame.OUTSIDE),
    BROKER_REFUSED(Blame.OUTSIDE);

    private final Blame blame;

    KafkaCode(Blame blame) {
        this.blame = blame;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return blame;
    }
}
