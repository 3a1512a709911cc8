package dev.firn.definition;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.bind.Required;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.table.Deletes;
import dev.firn.definition.table.EventTimeOptions;
import dev.firn.definition.table.ExpectOptions;
import dev.firn.definition.table.MaskOptions;
import dev.firn.definition.table.SchemaEvolutionOptions;
import dev.firn.definition.table.UniqueOptions;
import dev.firn.definition.table.Write;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code tables:}. */
@Component(kind = "table", name = "table", summary = "Settings for the tables that match; a later entry wins.")
public record TableOptions(
        @Required
                @AlsoKnownAs({"table-name", "name", "target-table", "sink-table"})
                @Doc("Which tables: a name, a name with `*`, or a regular expression between slashes.")
                @Example("sales.orders")
                String table,
        @AlsoKnownAs({"filter", "condition"})
                @Doc("Which records become rows: an SQL condition; the others are left out and counted.")
                @Example("region <> 'TEST'")
                Optional<String> where,
        @OwnNames
                @Doc(
                        "Columns that are added or replaced, each an SQL expression over the record's; all others pass as they are.")
                @Example("{status: upper(status)}")
                Map<String, String> set,
        @AlsoKnownAs({"exclude-columns", "drop-columns"})
                @Doc("Columns of the records that the table does not get.")
                @Example("[internal_note]")
                List<String> drop,
        @OwnNames
                @Doc("Columns that the table has under another name: the record's, then the table's.")
                @Example("{cust: customer_id}")
                Map<String, String> rename,
        @OwnNames
                @Doc(
                        "What every row should be like: the name of a rule and its condition. What fails it goes to quarantine, unless"
                                + " the rule says otherwise.")
                @Example("{positive-amount: amount > 0}")
                Map<String, ExpectOptions> expect,
        @AlsoKnownAs({"deduplicate", "dedup", "distinct"})
                @Doc("Rows that come twice are written once.")
                @Example("{key: [event_id], within: 1h, time: placed_at}")
                Optional<UniqueOptions> unique,
        @AlsoKnownAs({"watermark", "lateness"})
                @Doc("The column that says when a row's event happened, and what is done about late ones.")
                @Example("{column: placed_at, late-after: 2d}")
                Optional<EventTimeOptions> eventTime,
        @OwnNames
                @Doc("Columns that are hidden, last of all and on every way out, that of the quarantine included.")
                @Example("{customer_email: sha256, card: last4}")
                Map<String, MaskOptions> mask,
        @Doc("What is done about changes of the schema: a preset, or a decision for each kind of change.")
                @Example("{drop-column: apply, narrow-type: quarantine}")
                Optional<SchemaEvolutionOptions> schemaEvolution,
        @AlsoKnownAs({"write-mode", "mode"})
                @Doc(
                        "How records become rows: `append`, unless said, makes each a row; with `upsert` one replaces the row with the same"
                                + " key.")
                @Example("upsert")
                Optional<Write> write,
        @AlsoKnownAs({"primary-key", "primary-keys", "id-columns", "identifier-fields", "equality-fields"})
                @Doc(
                        "The columns that tell the rows of an upserted table apart. All records of a key have to come from one partition.")
                @Example("[order_id, line_no]")
                List<String> key,
        @Doc(
                        "What a delete in the source does: the row goes, as it does from an upserted table unless said; or it stays with a"
                                + " mark; or nothing happens and the delete is counted.")
                @Example("ignore")
                Optional<Deletes> deletes,
        @NotBuiltYet
                @Doc("The column whose greatest value wins, where the source has no order of its own.")
                @Example("updated_at")
                Optional<String> sequenceBy,
        @AlsoKnownAs({"partition-keys", "partition-key", "partition-spec", "partitioned-by", "partitions", "partition"})
                @Doc("Iceberg's partition transforms, separated by commas or as a list.")
                @Example("day(placed_at), bucket(customer_id, 16)")
                List<String> partitionBy,
        @AlsoKnownAs({"sort-order", "order-by", "sort"})
                @Doc(
                        "The order of the rows in each file: columns, separated by commas or as a list, rising unless `desc` stands"
                                + " behind one; set when the table is made.")
                @Example("placed_at desc, order_id")
                List<String> sortBy,
        @AtMost("1d")
                @Doc(
                        "The least time between two commits to the table, in whole checkpoints; at every checkpoint with rows"
                                + " unless said.")
                @Example("5m")
                Optional<Duration> commitInterval,
        @Doc("How much may wait for a table that can't be committed to, and what happens when it is more.")
                @Example("{for: 6h}")
                HoldOptions hold,
        @AlsoKnownAs({"table-properties", "table-options", "options"})
                @Doc(
                        "Iceberg's table properties, spelled as Iceberg spells them. With `write.distribution-mode: hash` each"
                                + " partition's rows come to one of the parallel writers.")
                @Example("{write.parquet.compression-codec: zstd}")
                Map<String, String> properties,
        @NotBuiltYet @Doc("What `maintenance:` says otherwise for these tables.") @Example("{expire: {older-than: 7d}}")
                Optional<MaintenanceOptions> maintenance) {

    public TableOptions {
        set = inOrder(set);
        drop = List.copyOf(drop);
        rename = inOrder(rename);
        expect = inOrder(expect);
        mask = inOrder(mask);
        key = List.copyOf(key);
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
        properties = inOrder(properties);
    }

    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
