package dev.firn.connector.cdc;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@code source:} of type {@code postgres}. */
@NotBuiltYet
@Component(
        kind = "source",
        name = "postgres",
        summary = "Reads tables of a Postgres database: first their rows, then the changes of their rows.")
public record PostgresOptions(
        @Required @Doc("The server.") @Example("${env:CRM_HOST}") Text hostname,
        @Default("5432") @AtLeast("1") @AtMost("65535") @Doc("Its port.") @Example("5432") int port,
        @Required @Doc("The database on that server.") @Example("crm") Text database,
        @Required @Doc("The user, who may read the tables and follow the log.") @Example("firn") Text username,
        @Required @Secret @Doc("The user's password.") @Example("${secret:crm-password}") Text password,
        @Required
                @Doc(
                        "The tables to read, as `schema.table`: names, names with `*`, or regular expressions between slashes.")
                @Example("[public.*]")
                List<Selector> tables,
        @Doc("Tables that are not read, though `tables` selects them.") @Example("[public.tmp_*]")
                Optional<List<Selector>> exclude,
        @Default("initial")
                @Doc(
                        "Where to start, only where neither Flink state nor the ledger knows a position: `initial` with all rows, then"
                                + " their changes; `snapshot` with the rows alone; `latest-offset` and `timestamp` with changes alone.")
                @Example("latest-offset")
                Startup startup,
        @Doc("Settings of Debezium, spelled as Debezium spells them.") @Example("{decimal.handling.mode: precise}")
                Map<String, Text> properties) {

    public PostgresOptions {
        tables = List.copyOf(tables);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
