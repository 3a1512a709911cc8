package dev.firn.connector.cdc;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
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
        @Doc(
                        "The replication slot, which keeps the log for this source: no other reader may have it. By default `firn_` and the names of pipeline and source; made where there is none.")
                @Example("firn_shop_crm")
                Optional<String> slot,
        @Doc(
                        "The publication, which says what of the log is sent. By default it is called as the slot is; made where there is none, and given the tables that it lacks.")
                @Example("firn_shop_crm")
                Optional<String> publication,
        @Doc("Settings of the Postgres JDBC driver, spelled as it spells them.") @Example("{sslmode: verify-full}")
                Map<String, Text> properties) {

    public PostgresOptions {
        tables = List.copyOf(tables);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
