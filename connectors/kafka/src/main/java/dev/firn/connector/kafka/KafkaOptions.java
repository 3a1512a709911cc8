package dev.firn.connector.kafka;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Holds;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.row.KeyOptions;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@code source:} of type {@code kafka}. */
@Component(
        kind = "source",
        name = "kafka",
        summary = "Reads Kafka topics, with exact positions and committed transactions only.")
public record KafkaOptions(
        @Required
                @Doc(
                        "The topics to read: names, names with `*`, or regular expressions between slashes. Which topics these select is asked at each start.")
                @Example("[orders, refunds, app-*]")
                List<String> topics,
        @Doc("Topics that are not read, though `topics` selects them.") @Example("[clicks_test]")
                Optional<List<Selector>> exclude,
        @Default("earliest")
                @AlsoKnownAs({
                    "starting-offsets",
                    "start-from",
                    "startup-mode",
                    "scan-startup-mode",
                    "auto-offset-reset",
                    "offset-reset"
                })
                @Doc("Where to start, only where neither Flink state nor the ledger knows a position.")
                @Example("latest")
                Startup startup,
        @Default("fail")
                @Doc(
                        "What happens where the brokers have deleted records before they were read: the job ends and names the offsets, or goes on behind them and keeps account of the gap.")
                @Example("continue")
                LostOffsets lostOffsets,
        @Default("ignore")
                @Doc(
                        "What a record without a value means: it is counted and left out, or deletes the row with its key from a table with `write: upsert`, or goes to"
                                + " quarantine; `key` says what its key is. With Debezium's formats it deletes in any case, for it says again what the change before it has said.")
                @Example("delete")
                Tombstones tombstones,
        @Required
                @AlsoKnownAs({"kafka", "kafka-properties", "consumer-properties"})
                @Holds({"bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config", "client.id"})
                @Doc("Settings of the Kafka clients, spelled as Kafka spells them; `bootstrap.servers` is one of them.")
                @Example("{bootstrap.servers: \"${env:KAFKA}\"}")
                Map<String, Text> properties,
        @Required
                @Doc("What the bytes of a record's value mean.")
                @Example("{type: avro, registry: {url: \"${env:REGISTRY}\"}}")
                FormatOptions format,
        @Doc("What a record's key is: columns, and which row a record deletes.") @Example("{type: avro, prefix: key_}")
                Optional<KeyOptions> key,
        @Doc("Columns made of where a record came from, and their names.")
                @Example("{offset: _offset, timestamp: _kafka_time}")
                Optional<MetadataOptions> metadata)
        implements FormattedSource {

    /** Where a partition starts that nobody has read yet. */
    public enum Startup {
        EARLIEST,
        LATEST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens where the brokers have deleted what was not yet read. */
    public enum LostOffsets {
        /** The job ends. */
        FAIL,
        /** The split goes on at the first offset that is left, and the ledger has the gap. */
        CONTINUE
    }

    /** What a record without a value means. */
    public enum Tombstones {
        /** It is no data: counted, and left out. */
        IGNORE,
        /** The row with its key is deleted. */
        DELETE,
        /** It is kept aside. */
        @NotBuiltYet
        QUARANTINE
    }

    public KafkaOptions {
        topics = List.copyOf(topics);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /**
     * Whether a record without a value deletes the row with its key. Behind a change that deletes a row there is such a record, and it is all that a
     * compacted topic keeps of both.
     */
    public boolean deletes() {
        return tombstones == Tombstones.DELETE || format.type().isOfChanges();
    }

    /** The columns of metadata, none unless the file names some. */
    public MetadataOptions metadataColumns() {
        return metadata.orElseGet(MetadataOptions::none);
    }
}
