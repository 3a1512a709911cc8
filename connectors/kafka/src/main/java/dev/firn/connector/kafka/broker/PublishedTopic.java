package dev.firn.connector.kafka.broker;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * The topic of quarantined records.
 *
 * <pre>
 *   one transaction:  some records of an epoch  +  the mark: this epoch, so many of its records
 * </pre>
 *
 * The mark is the offset that a consumer group has committed for the topic, so it lands with the records or not at all. After any failure
 * the client is given up; the next one ends what it has left open, and reads the mark. So nothing depends on how long anybody was away.
 */
final class PublishedTopic implements QuarantineTopic {

    /** What our transactional ids and groups begin with; those who allow things name it. */
    static final String PREFIX = "firn-quarantine-";

    /** What is sent in one transaction, so that none is open for long, where brokers are slow to answer too. */
    private static final int RECORDS_AT_ONCE = 1_000;

    private static final long BYTES_AT_ONCE = 8L << 20;

    private final ClientSettings settings;
    private final String topic;
    private final ReferenceResolver references;
    private @Nullable MarkedProducer producer;

    PublishedTopic(ClientSettings settings, String topic, ReferenceResolver references) {
        this.settings = settings;
        this.topic = topic;
        this.references = references;
    }

    @Override
    public synchronized void publish(Publication publication) {
        boolean done = false;
        try {
            MarkedProducer open = opened(publication);
            for (long epoch : publication.epochs()) {
                publish(epoch, publication, open);
            }
            done = true;
        } catch (ClusterFailure failure) {
            throw outside(failure.reason(), failure);
        } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
            throw outside(
                    "another process writes this pipeline's records to it, or the brokers have ended a transaction that"
                            + " took more than a minute",
                    fenced);
        } catch (KafkaException failure) {
            throw outside(ClusterFailure.of(failure).reason(), failure);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void publish(long epoch, Publication publication, MarkedProducer open) throws ClusterFailure {
        Mark from = open.mark();
        if (epoch < from.epoch()) {
            return;
        }
        long behind = epoch == from.epoch() ? from.records() : 0;
        Chunk chunk = new Chunk(new Mark(epoch, behind), open);
        long[] seen = {0};
        publication.rows().read(epoch, entry -> {
            if (seen[0]++ >= behind) {
                chunk.add(new QuarantineMessage(topic, epoch, entry));
            }
        });
        chunk.flush();
    }

    /** Records that go together. */
    private static final class Chunk {

        private final MarkedProducer open;
        private final List<QuarantineMessage> messages = new ArrayList<>();
        private Mark sent;
        private long bytes;

        Chunk(Mark sent, MarkedProducer open) {
            this.sent = sent;
            this.open = open;
        }

        void add(QuarantineMessage message) {
            messages.add(message);
            bytes += message.bytes();
            if (messages.size() >= RECORDS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                flush();
            }
        }

        void flush() {
            if (!messages.isEmpty()) {
                sent = new Mark(sent.epoch(), sent.records() + messages.size());
                open.send(messages, sent);
                messages.clear();
                bytes = 0;
            }
        }
    }

    private MarkedProducer opened(Publication publication) throws ClusterFailure {
        MarkedProducer open = producer;
        if (open == null) {
            String id = PREFIX + publication.pipeline() + "-" + publication.ledger();
            open = MarkedProducer.open(settings, references, topic, id);
            producer = open;
            requireKnown(open.mark(), id, publication);
        }
        return open;
    }

    /** A ledger that was put back from a copy would count its epochs again, and they would be taken for those that were sent. */
    private void requireKnown(Mark mark, String id, Publication publication) {
        long last = publication.lastEpoch().getAsLong();
        if (mark.epoch() > last) {
            throw new CommitRefused("topic `" + topic + "` has records of epoch " + mark.epoch()
                    + ", and the ledger's last is " + last
                    + ": the ledger was put back to what it was before. What is sent from here on may be there already;"
                    + " to send it, delete the consumer group `" + id + "`");
        }
    }

    private OutsideException outside(String reason, Throwable cause) {
        return new OutsideException(
                "topic `" + topic + "` at `" + settings.brokers(references)
                        + "` does not get what goes to quarantine, and" + " the table waits for it: "
                        + settings.masked(reason, references),
                cause);
    }

    @Override
    public synchronized void close() {
        MarkedProducer open = producer;
        producer = null;
        if (open != null) {
            open.close();
        }
    }
}
