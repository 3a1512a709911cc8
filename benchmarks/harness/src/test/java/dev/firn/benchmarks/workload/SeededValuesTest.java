package dev.firn.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class SeededValuesTest {

    private final SeededValues orders = new SeededValues(Schemas.named("orders"));

    @Test
    void makesTheSameRecordForTheSameSeedAndNumber() {
        SeededValues again = new SeededValues(Schemas.named("orders"));

        assertThat(records(orders, 1)).isEqualTo(records(again, 1));
        assertThat(records(orders, 1)).isNotEqualTo(records(orders, 2)).doesNotHaveDuplicates();
    }

    @Test
    void makesAsManyDifferentTextsAndNullsAsTheSchemaSays() {
        List<GenericData.Record> records = records(orders, 1);

        assertThat(records.stream().map(record -> record.get("status")).distinct())
                .hasSize(6);
        long notes = records.stream()
                .map(record -> record.get("note"))
                .filter(Objects::nonNull)
                .count();
        assertThat(notes / (double) records.size()).isCloseTo(0.4, within(0.05));
    }

    @Test
    void makesRecordsThatFitTheirSchemaForEveryWorkload() {
        for (Workload workload : Workloads.all()) {
            SeededValues values = new SeededValues(workload.schema());

            assertThat(records(values, 1)).as(workload.name()).allMatch(record -> GenericData.get()
                    .validate(workload.schema(), record));
        }
    }

    @Test
    void hasHalfOfTheWideValuesNull() {
        List<GenericData.Record> records = records(new SeededValues(Schemas.wide()), 1);

        double nulls = records.stream()
                .flatMap(record -> record.getSchema().getFields().stream().map(field -> record.get(field.pos())))
                .filter(Objects::isNull)
                .count();
        assertThat(Schemas.wide().getFields()).hasSize(200);
        assertThat(nulls / records.size() / 200).isCloseTo(0.5, within(0.01));
    }

    @Test
    void makesRandomSchemasOfFiveToEightyFieldsThatAreTheSameForTheSameSeed() {
        assertThat(LongStream.range(0, 50).mapToObj(Schemas::random).toList())
                .doesNotHaveDuplicates()
                .allMatch(schema ->
                        schema.getFields().size() >= 5 && schema.getFields().size() <= 80);
        assertThat(Schemas.random(3)).isEqualTo(Schemas.random(3));
    }

    private static List<GenericData.Record> records(SeededValues values, long seed) {
        return LongStream.range(0, 1_000)
                .mapToObj(number -> values.record(seed, number))
                .toList();
    }
}
