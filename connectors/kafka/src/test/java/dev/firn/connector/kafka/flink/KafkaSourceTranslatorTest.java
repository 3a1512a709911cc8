package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.KafkaOptions.Tombstones;
import dev.firn.definition.reference.Text;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.RegistryOptions;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.StreamDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class KafkaSourceTranslatorTest {

    private static final SourceTranslator.PlannedSource PLANNED = new SourceTranslator.PlannedSource(
            "shop",
            1,
            "events",
            new KafkaOptions(
                    List.of("orders"),
                    Optional.empty(),
                    Startup.EARLIEST,
                    LostOffsets.FAIL,
                    Tombstones.IGNORE,
                    Map.of("bootstrap.servers", new Text("${env:NOT_SET_WHERE_IT_IS_PLANNED}")),
                    FormatOptions.avro(RegistryOptions.at(new Text("${env:NOR_THIS}"))),
                    Optional.empty(),
                    Optional.empty()),
            List.of("orders"),
            Map.of("orders", StreamDefinition.ofValue("{\"type\": \"record\", \"name\": \"O\", \"fields\": []}")),
            StartPositions.none());

    @Test
    void isFoundByItsWord() {
        assertThat(ServiceLoader.load(SourceTranslator.class, getClass().getClassLoader()))
                .extracting(SourceTranslator::type)
                .contains("kafka");
    }

    @Test
    void theSourceTravelsWithReferencesUnresolved() throws IOException, ClassNotFoundException {
        Source<?, ?, ?> source = new KafkaSourceTranslator().source(PLANNED);

        byte[] travelling = InstantiationUtil.serializeObject(source);
        Source<?, ?, ?> arrived =
                InstantiationUtil.deserializeObject(travelling, getClass().getClassLoader());

        assertThat(arrived.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void theFormatTravelsToo() throws IOException {
        assertThat(InstantiationUtil.serializeObject(new KafkaSourceTranslator().format(PLANNED)))
                .isNotEmpty();
    }
}
