package dev.firn.schema.notation.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.notation.avro.AvroShapes;
import dev.firn.schema.testing.PortableSchemas;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a dialect says it keeps is there when its statement is read again. */
class SqlRoundTripTest {

    @ParameterizedTest
    @EnumSource
    void whatIsNotSaidToBeLostComesBack(Dialect dialect) throws Exception {
        SqlNotation sql = new SqlNotation(dialect);
        long first = new Random().nextLong();
        int written = 0;
        for (int i = 0; i < 500; i++) {
            PortableSchema schema =
                    AvroShapes.of(new RandomAvro(first + i).record()).schema();
            String text;
            try {
                text = sql.write(schema).text();
            } catch (NotExpressible spark) {
                assertThat(dialect).isEqualTo(Dialect.SPARK);
                assertThat(spark).hasMessageContaining("Spark has no type for a time of the day; make it a long");
                continue;
            }
            written++;
            ReadSchema back = sql.read(SchemaDocument.text("a statement", text));
            PortableSchema kept = new SqlFitting(dialect, new Losses("")).fit(schema);
            assertThat(back.schema()).as("seed %s", first + i).isEqualTo(PortableSchemas.tabular(kept));
            assertThat(back.losses()).as("seed %s", first + i).isEmpty();
            assertThat(sql.write(back.schema()).text()).isEqualTo(text);
        }
        assertThat(written).isGreaterThan(100);
    }
}
