package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.AllTypes;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every type, from a foreign serializer's bytes to a value read back from Parquet. */
class TypesIT {

    @Test
    void everyTypeArrivesWithItsValue() throws Exception {
        String topic = Stack.unique("types");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("typed"), List.of(topic), "");
        try (Records records = new Records()) {
            records.send(topic, AllTypes.full());
            records.send(topic, AllTypes.sparse());
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err() + answer.out()).isZero();
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "message")).isEmpty();
        List<String> columns = List.copyOf(AllTypes.expectedFull().keySet());
        List<List<@Nullable Object>> rows = pipeline.rows(pipeline.table(topic), columns.toArray(String[]::new));
        assertThat(rows).hasSize(2);
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column);
            assertThat(plain(rows.get(0).get(column)))
                    .as(name)
                    .isEqualTo(plain(AllTypes.expectedFull().get(name)));
            assertThat(plain(rows.get(1).get(column)))
                    .as(name)
                    .isEqualTo(plain(AllTypes.expectedSparse().get(name)));
        }
    }

    /** Structs as maps and bytes as buffers, so that equal values are equal. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Record record) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            record.struct().fields().forEach(field -> fields.put(field.name(), plain(record.getField(field.name()))));
            return fields;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TypesIT::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), plain(entry)));
            return entries;
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
