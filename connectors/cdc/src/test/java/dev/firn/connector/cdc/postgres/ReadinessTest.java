package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.cdc.postgres.Readiness.Lack;
import dev.firn.connector.cdc.postgres.Readiness.Weight;
import dev.firn.connector.cdc.postgres.Readiness.What;
import dev.firn.definition.selector.Selector;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each lack is mended by the SQL that it comes with. */
class ReadinessTest {

    private final PostgresAddress owner = Server.database();
    private final String name = owner.database() + "_ready";

    @BeforeEach
    void aTable() {
        Server.execute(
                owner,
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.orders (id int PRIMARY KEY, v int)",
                "CREATE TABLE shop.refunds (id int PRIMARY KEY, v text)");
    }

    private List<Lack> look(PostgresAddress address) throws Exception {
        try (Connection connection = address.open()) {
            List<SourceTable> tables = List.of(Server.table(owner, "shop.orders"), Server.table(owner, "shop.refunds"));
            return Readiness.of(address, connection, tables, name, name);
        }
    }

    private List<Lack> required(PostgresAddress address) throws Exception {
        return look(address).stream()
                .filter(lack -> lack.weight() == Weight.REQUIRED)
                .toList();
    }

    private void mend(List<Lack> lacks) {
        lacks.forEach(lack -> Server.execute(owner, lack.sql()));
    }

    @Test
    void whatIsMissingIsMadeByTheSqlThatIsSaid() throws Exception {
        List<Lack> lacks = required(owner);
        assertThat(lacks)
                .containsExactly(
                        new Lack(
                                Weight.REQUIRED,
                                What.PUBLICATION_MISSING,
                                "there is no publication `" + name + "`",
                                "CREATE PUBLICATION \"" + name
                                        + "\" FOR TABLE ONLY \"shop\".\"orders\", ONLY \"shop\".\"refunds\";"),
                        new Lack(
                                Weight.REQUIRED,
                                What.SLOT_MISSING,
                                "there is no slot `" + name + "`",
                                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput');"));
        mend(lacks);
        assertThat(required(owner)).isEmpty();
    }

    @Test
    void privilegesAreAskedOfTheUserWhoReads() throws Exception {
        String reader = owner.database() + "_reader";
        Server.execute(owner, "CREATE ROLE " + reader + " LOGIN", "ALTER TABLE shop.refunds ENABLE ROW LEVEL SECURITY");
        mend(required(owner));
        PostgresAddress address = Server.address(owner.database(), reader);

        List<Lack> lacks = required(address);
        assertThat(lacks)
                .extracting(Lack::sentence)
                .containsExactly(
                        "user `" + reader + "` may not replicate",
                        "user `" + reader + "` may not look into schema `shop`",
                        "user `" + reader + "` may not read table `shop.orders`",
                        "user `" + reader + "` may not read table `shop.refunds`",
                        "row security keeps rows of table `shop.refunds` from user `" + reader
                                + "`, and the log has the changes of all");
        mend(lacks);
        assertThat(required(address)).isEmpty();
    }

    @Test
    void aPublicationThatLeavesSomethingOutIsSaid() throws Exception {
        Server.execute(
                owner,
                "CREATE PUBLICATION " + name
                        + " FOR TABLE shop.orders WHERE (id > 5) WITH (publish = 'insert, update')",
                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
        List<Lack> lacks = required(owner);
        assertThat(lacks)
                .extracting(Lack::sentence)
                .containsExactly(
                        "publication `" + name + "` leaves out some of what is done to rows",
                        "publication `" + name + "` lacks `shop.refunds`",
                        "publication `" + name + "` leaves out rows or columns of `shop.orders`");
        mend(lacks);
        assertThat(required(owner)).isEmpty();
    }

    @Test
    void aSlotOfAnotherKindOrWithAReaderIsSaid() throws Exception {
        mend(required(owner));
        try (ReplicationLog log = Server.log(owner, name, Lsn.NONE)) {
            assertThat(log.poll(java.time.Duration.ZERO)).isEmpty();
            assertThat(required(owner))
                    .extracting(Lack::sentence)
                    .containsExactly("slot `" + name + "` has a reader already, and a slot has one");
        }
        org.awaitility.Awaitility.await().until(() -> required(owner).isEmpty());
        Server.execute(
                owner,
                "SELECT pg_drop_replication_slot('" + name + "')",
                "SELECT pg_create_logical_replication_slot('" + name + "', 'test_decoding')");
        assertThat(required(owner))
                .extracting(Lack::sentence)
                .containsExactly("slot `" + name + "` is read by `test_decoding` and not by `pgoutput`");
        Server.execute(owner, "SELECT pg_drop_replication_slot('" + name + "')");
        mend(required(owner));
        PostgresAddress other = Server.database();
        try (Connection connection = other.open()) {
            assertThat(Readiness.of(other, connection, List.of(), name, name))
                    .extracting(Lack::sentence)
                    .contains("slot `" + name + "` is of database `" + owner.database() + "`");
        }
    }

    @Test
    void adviceDoesNotKeepFromReading() throws Exception {
        mend(required(owner));
        List<Lack> lacks = look(owner);
        assertThat(lacks)
                .extracting(Lack::what, Lack::sql)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                What.RETENTION,
                                "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB'; SELECT pg_reload_conf(); -- as much as the disk can spare"),
                        org.assertj.core.groups.Tuple.tuple(
                                What.TABLE, "ALTER TABLE \"shop\".\"refunds\" REPLICA IDENTITY FULL;"));
        Server.execute(owner, lacks.get(1).sql());
        assertThat(look(owner)).extracting(Lack::what).containsExactly(What.RETENTION);
    }

    @Test
    void aSlotAndAPublicationAreMadeAndGoAgain() throws Exception {
        try (Connection connection = owner.open()) {
            Slots slots = new Slots(owner, connection);
            slots.createPublication(name, List.of(Server.table(owner, "shop.orders")));
            slots.addTables(name, List.of(Server.table(owner, "shop.refunds")));
            Lsn start = slots.createSlot(name);
            assertThat(slots.slot(name).orElseThrow().confirmed()).contains(start);
            assertThat(required(owner)).isEmpty();
            slots.dropSlot(name);
            slots.dropPublication(name);
            assertThat(slots.slot(name)).isEmpty();
        }
    }

    @Test
    void whatCantBeReadIsRefusedWithASentence() throws Exception {
        Server.execute(
                owner,
                "CREATE TABLE shop.keyless (id int)",
                "CREATE UNLOGGED TABLE shop.unlogged (id int PRIMARY KEY)",
                "CREATE VIEW shop.view AS SELECT 1 AS id",
                "CREATE TABLE shop.parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE shop.parts_1 PARTITION OF shop.parts FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE shop.nothing (id int PRIMARY KEY)",
                "ALTER TABLE shop.nothing REPLICA IDENTITY NOTHING",
                "CREATE TABLE shop.computed (a int, id int GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY)",
                "CREATE TABLE shop.indexed (id int PRIMARY KEY, \"B\" int NOT NULL, c int NOT NULL)",
                "CREATE UNIQUE INDEX by_two ON shop.indexed (c, \"B\") INCLUDE (id)",
                "ALTER TABLE shop.indexed REPLICA IDENTITY USING INDEX by_two");
        try (Connection connection = owner.open()) {
            PostgresCatalog catalog = new PostgresCatalog(owner, connection);
            PostgresCatalog.Selected selected = catalog.select(
                    List.of(Selector.parse("shop.*"), Selector.parse("none.*")), List.of(Selector.parse("shop.o*")));

            assertThat(selected.tables())
                    .extracting(SourceTable::name, SourceTable::key)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("shop.indexed", List.of("c", "B")),
                            org.assertj.core.groups.Tuple.tuple("shop.parts_1", List.of("id")),
                            org.assertj.core.groups.Tuple.tuple("shop.refunds", List.of("id")));
            assertThat(selected.unmatched()).extracting(Selector::toString).containsExactly("none.*");
            assertThat(selected.refused())
                    .extracting(refused -> refused.name() + ": " + refused.reason())
                    .containsExactly(
                            "shop.computed: a column of its key is generated, and the log has no generated columns: `ALTER TABLE"
                                    + " \"shop\".\"computed\" REPLICA IDENTITY USING INDEX ...` with a unique index of others that are not null",
                            "shop.keyless: it has no primary key, and nothing else says which row a change is about: `ALTER TABLE"
                                    + " \"shop\".\"keyless\" ADD PRIMARY KEY (...)`, or `ALTER TABLE \"shop\".\"keyless\" REPLICA IDENTITY"
                                    + " USING INDEX ...` with a unique index of columns that are not null",
                            "shop.nothing: its replica identity is `NOTHING`, so once it is published the database refuses its"
                                    + " updates and deletes: `ALTER TABLE \"shop\".\"nothing\" REPLICA IDENTITY DEFAULT`",
                            "shop.parts: it is partitioned, and the log has the changes of its partitions: name those, each is a table",
                            "shop.unlogged: it is unlogged, so its changes are in no log: `ALTER TABLE \"shop\".\"unlogged\" SET LOGGED`",
                            "shop.view: it is a view, and the log has no changes of views: name the tables that it is made from");
            SourceTable refunds = selected.tables().get(2);
            assertThat(catalog.table(refunds.oid())).contains(refunds);
            assertThat(refunds.columns().get(1))
                    .isEqualTo(new SourceColumn("v", 2, refunds.columns().get(1).type(), -1, "text", true, false, 'x'));
        }
    }

    @Test
    void anotherClusterIsAnotherOne() throws Exception {
        ServerIdentity identity = ServerIdentity.of(owner);
        assertThat(identity.database()).isEqualTo(owner.database());
        assertThat(identity.system()).isEqualTo(Server.ask(owner, "SELECT system_identifier FROM pg_control_system()"));
        assertThat(identity.timeline()).isEqualTo(1);
        assertThat(identity.flushed()).isGreaterThan(Lsn.NONE);
    }
}
