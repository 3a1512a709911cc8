package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.WrittenTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.junit.jupiter.api.Test;

/** The balance sheet of a real pipeline: it balances, and one that somebody has altered does not. */
class AuditIT {

    private static final OrdersVolume VOLUME = OrdersVolume.scaledTo(8_000);

    @Test
    void balancesUntilSomebodyAltersTheLedger() throws Exception {
        Shop shop = Shop.byDay("audited");
        shop.produce(VOLUME);
        shop.runUntilCaughtUp();

        Firn.Answer good = audit(shop);

        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(good.out())
                .contains(shop.ordersTable().full(), "truncated-payload")
                .endsWith(String.format(
                        "balances: %,d records were read, and each is accounted for%n", Shop.records(VOLUME)));
        Firn.Answer json = audit(shop, "--format", "json");
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(json.out()).startsWith("{\n  \"version\" : 1,\n").contains("\"balances\" : true");

        Firn.Answer recount = audit(shop, "--recount", "--format", "json", "--since", "1h");
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
        JsonNode counted = new ObjectMapper().readTree(recount.out()).get("recount");
        assertThat(counted.get("rows").asLong()).isEqualTo(Shop.records(VOLUME));
        assertThat(counted.get("in-place").asBoolean()).isTrue();
        assertThat(counted.get("quarantined")).hasSize(3);
        assertThat(counted.get("partitions").findValues("lag")).isNotEmpty().allSatisfy(lag -> assertThat(lag.asLong())
                .isZero());

        alterRoutedRecords(shop);

        Firn.Answer altered = audit(shop);
        assertThat(altered.exitCode()).as(altered.err()).isEqualTo(1);
        assertThat(altered.out()).contains("balance sheet of epoch ", "does NOT balance");
    }

    @Test
    void countsAgainWhatIsOutsideOfTheLedger() throws Exception {
        Events events = Events.of("recounted");
        events.send(1, 6);
        events.goOn();
        events.send(7, 8);
        String recounted = "recounted: agrees with the ledger. Counted were 6 rows in ";
        Firn.Answer good = recount(events);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        assertThat(good.out()).contains(recounted);
        assertThat(good.out().lines().filter(line -> line.startsWith("    kafka/")))
                .anySatisfy(line -> assertThat(line).matches(" +kafka/" + events.topic() + "-0 .* 6 +0 +8 +2"));

        WrittenTable.of(events.pipeline(), events.topic()).compactAndExpire();

        Firn.Answer compacted = recount(events);
        assertThat(compacted.exitCode()).as(compacted.out() + compacted.err()).isZero();
        assertThat(compacted.out().replaceAll("\\s+", " "))
                .contains(
                        "(replace) at ",
                        " UTC: 6 rows added, 6 taken out ",
                        " 6 rows are in files that others have written: which of them are the pipeline's can't be told ",
                        " older snapshots have expired: what others did in them can't be told any more ")
                .endsWith(
                        "recounted: agrees with the ledger in number; what can't be told is said above. Counted were 6"
                                + " rows in 1 file of 1 table ");

        String lost = WrittenTable.of(events.pipeline(), events.topic()).files().get(0);
        Files.delete(Path.of(lost));

        Firn.Answer broken = recount(events);
        assertThat(broken.exitCode()).as(broken.out() + broken.err()).isEqualTo(1);
        assertThat(broken.out().replaceAll("\\s+", " "))
                .contains(lost + "` is gone", "recounted: does NOT agree with the ledger; `<-` marks why.");
    }

    private static Firn.Answer recount(Events events) {
        return events.firn("audit", "--recount", events.pipeline().file().toString());
    }

    @Test
    void saysThatAPipelineHasNotRunYet() throws Exception {
        Shop shop = Shop.byDay("unaudited");

        Firn.Answer answer = audit(shop);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo("firn: there is no ledger `" + shop.pipeline().name()
                        + ".firn_ledger`: the pipeline has not run yet\n");
    }

    private static Firn.Answer audit(Shop shop, String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit"));
        arguments.addAll(List.of(options));
        arguments.add(shop.pipeline().file().toString());
        return Firn.run(shop.pipeline().environment(), arguments.toArray(String[]::new));
    }

    /** Somebody makes one record more of what was routed, in one line of one row. */
    private static void alterRoutedRecords(Shop shop) throws IOException {
        HadoopCatalog catalog = new HadoopCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize(
                "lake", Map.of("warehouse", shop.pipeline().lakeFolder().toUri().toString()));
        Table ledger = catalog.loadTable(TableIdentifier.of(shop.pipeline().name(), "firn_ledger"));
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read = IcebergGenerics.read(ledger).build()) {
            read.forEach(rows::add);
        }
        Record row = rows.stream()
                .filter(one -> !((List<?>) one.getField("outcome_blocks")).isEmpty())
                .findFirst()
                .orElseThrow();
        Record block = (Record) ((List<?>) row.getField("outcome_blocks")).get(0);
        List<Object> records = new ArrayList<>((List<?>) block.getField("records"));
        records.set(0, (Long) records.get(0) + 1);
        block.setField("records", records);
        ledger.newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .addFile(written(ledger, rows))
                .commit();
        catalog.close();
    }

    private static DataFile written(Table ledger, List<Record> rows) throws IOException {
        DataWriter<Record> file = new GenericAppenderFactory(ledger.schema(), ledger.spec())
                .newDataWriter(
                        OutputFileFactory.builderFor(ledger, 99, 99).build().newOutputFile(), FileFormat.PARQUET, null);
        try (file) {
            rows.forEach(file::write);
        }
        return file.toDataFile();
    }
}
