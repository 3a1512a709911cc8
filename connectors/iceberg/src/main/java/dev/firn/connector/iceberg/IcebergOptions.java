package dev.firn.connector.iceberg;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Holds;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code sink:} section of type {@code iceberg}. */
@Component(kind = "sink", name = "iceberg", summary = "Iceberg tables, in any of Iceberg's catalogs.")
public record IcebergOptions(
        @Required
                @AlsoKnownAs({"catalog-properties", "iceberg-catalog"})
                @Holds({"uri", "warehouse", "credential", "catalog-impl", "io-impl", "catalog-name"})
                @Doc("Iceberg's catalog properties, spelled as Iceberg spells them; `type` is one of `hadoop`, `hive`,"
                        + " `jdbc`, `rest`, or else `catalog-impl` names a class. One word is Firn's own: `catalog-name`"
                        + " (default `firn`), the name under which a `jdbc` catalog keeps its tables. Or the name of a catalog"
                        + " of the project file `firn.yaml`.")
                @Example("{type: rest, uri: \"${env:CATALOG}\"}")
                Map<String, Text> catalog,
        @Default("create")
                @Doc(
                        "What the file may change: `create` makes tables that are missing, `adopt` also changes the spec, the order and"
                                + " the properties of tables that are there.")
                @Example("adopt")
                Manage manage,
        @AtLeast("16MiB")
                @Doc(
                        "What the writers of each parallel subtask may hold in memory: records that wait, rows, open files. Where it"
                                + " is short, files are completed early and get smaller. The default is half of the process's"
                                + " heap, shared by its subtasks, and at most 512 MiB for each.")
                @Example("256MiB")
                Optional<ByteSize> memory,
        @Default("64")
                @AtLeast("1")
                @AtMost("10000")
                @Doc(
                        "How many data files the writers of each parallel subtask keep open for rows to come. Rows of other tables"
                                + " and partitions wait in memory.")
                @Example("200")
                int openFiles) {

    /** What the file may change on tables that exist. */
    public enum Manage {
        CREATE,
        @NotBuiltYet
        ADOPT
    }

    public IcebergOptions {
        catalog = Collections.unmodifiableMap(new LinkedHashMap<>(catalog));
    }
}
