package dev.firn.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.spi.source.OutsideException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencedSchemasTest {

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "to", "type": "geo.Address", "doc": "where to"},
              {"name": "from", "type": ["null", "geo.Address"], "default": null},
              {"name": "total", "type": "shop.money.Amount"}]}""";
    private static final String ADDRESS =
            """
            {"type": "record", "name": "Address", "namespace": "geo", "doc": "a place", "aliases": ["Place"],
             "owner": "geo team", "fields": [
              {"name": "country", "type": "geo.Country", "default": "DE"},
              {"name": "zip", "type": "string", "aliases": ["postcode"], "default": 5, "pii": true}]}""";
    private static final String COUNTRY =
            """
            {"type": "enum", "name": "Country", "namespace": "geo", "symbols": ["DE", "FR"], "default": "FR"}""";
    private static final String AMOUNT =
            """
            {"type": "record", "name": "Amount", "namespace": "shop.money", "fields": [
              {"name": "cents", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "in", "type": "geo.Country"}]}""";

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void becomesOneSchemaWithEverythingThatTheOthersSay() {
        id(7, ORDER, Map.of("geo.Address", "address/2", "shop.money.Amount", "amount/1"));
        version("address/2", ADDRESS, Map.of("geo.Country", "country/1"));
        version("amount/1", AMOUNT, Map.of("geo.Country", "country/1"));
        version("country/1", COUNTRY, Map.of());

        RegistryAnswer answer = client().schema(7);

        Schema order = new Schema.Parser().setValidateDefaults(false).parse(((RegistryAnswer.Found) answer).schema());
        Schema address = order.getField("to").schema();
        assertThat(order.getField("to").doc()).isEqualTo("where to");
        assertThat(address.getDoc()).isEqualTo("a place");
        assertThat(address.getAliases()).containsExactly("geo.Place");
        assertThat(address.getProp("owner")).isEqualTo("geo team");
        assertThat(address.getField("zip").aliases()).containsExactly("postcode");
        assertThat(address.getField("zip").getObjectProp("pii")).isEqualTo(true);
        assertThat(address.getField("zip").hasDefaultValue()).isTrue();
        assertThat(address.getField("country").schema().getEnumDefault()).isEqualTo("FR");
        assertThat(order.getField("from").schema().getTypes().get(1)).isEqualTo(address);
        assertThat(order.getField("total").schema().getField("cents").schema().getLogicalType())
                .isEqualTo(LogicalTypes.decimal(9, 2));
        assertThat(registry.requests())
                .containsExactlyInAnyOrder(
                        "/schemas/ids/7",
                        "/subjects/address/versions/2?deleted=true",
                        "/subjects/country/versions/1?deleted=true",
                        "/subjects/amount/versions/1?deleted=true");
    }

    @Test
    void aTopicsUnionOfReferredTypesIsASchema() {
        id(7, "[\"geo.Country\"]", Map.of("geo.Country", "country/-1"));
        registry.answer("/subjects/country/versions/latest", 200, answer(COUNTRY, Map.of()));

        assertThat(client().schema(7))
                .isEqualTo(
                        new RegistryAnswer.Found(
                                "[{\"type\":\"enum\",\"name\":\"Country\",\"namespace\":\"geo\",\"symbols\":[\"DE\",\"FR\"],\"default\":\"FR\"}]"));
    }

    @Test
    void whatIsReferredToAndGoneIsAnOutage() {
        id(7, ORDER, Map.of("geo.Address", "address/2"));
        registry.answer("/subjects/address/versions/2", 404, "{'error_code': 40402}");

        assertThatThrownBy(() -> client().schema(7))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the registry at `" + registry.url() + "` can't say schema id 7: it has no version 2 of"
                        + " subject `address`, which schema id 7 refers to");
    }

    @Test
    void whatCanNotBeOnePieceIsNamed() {
        id(1, ORDER, Map.of("geo.Address", "address/2"));
        version("address/2", ADDRESS, Map.of("geo.Country", "loop/1"));
        version("loop/1", COUNTRY, Map.of("geo.Address", "address/2"));
        assertUnsupported(1, "schema id 1 refers to `geo.Address`, which refers to itself");

        id(2, ORDER, Map.of("geo.Address", "proto/1"));
        registry.answer("/subjects/proto/versions/1", 200, "{'schemaType': 'PROTOBUF', 'schema': 'syntax'}");
        assertUnsupported(2, "schema id 2 refers to version 1 of subject `proto`, which is of type `PROTOBUF`");

        id(3, ORDER, Map.of("geo.Address", "broken/1"));
        version("broken/1", "{\"type\": \"recard\"}", Map.of());
        assertUnsupported(
                3,
                "schema id 3 refers to other schemas, and version 1 of subject `broken` is not valid Avro:"
                        + " Type not supported: recard");

        id(4, ORDER, Map.of("geo.Country", "country/1"));
        version("country/1", COUNTRY, Map.of());
        assertUnsupported(
                4,
                "schema id 4 refers to other schemas, and with the schemas that it refers to, it is not valid Avro:"
                        + " \"geo.Address\" is not a defined name. The type of the \"to\" field must be a defined name"
                        + " or a {\"type\": ...} expression.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"type": "record", "name": "n.A", "fields": [{"name": "a", "type": "int", "order": 1}]} | NullPointerException
            {"type": "fixed", "name": "n.A", "size": 2147483647}                                    | UnsupportedOperationException
            """)
    void whatAvrosParserTripsOverIsNoOutage(String text, String thrown) {
        id(7, "\"n.A\"", Map.of("n.A", "a/1"));
        version("a/1", text, Map.of());

        assertUnsupported(
                7,
                "schema id 7 refers to other schemas, and version 1 of subject `a` is nothing that Avro's parser can read ("
                        + thrown + ")");
    }

    @Test
    void aLongChainOfNamesIsNoOutage() {
        String chain = IntStream.range(0, 400)
                .mapToObj(n -> "{\"type\": \"record\", \"name\": \"n.R" + n + "\", \"fields\": ["
                        + (n == 0 ? "" : "{\"name\": \"a\", \"type\": \"n.R" + (n - 1) + "\"}") + "]}")
                .collect(Collectors.joining(", ", "[", "]"));
        id(7, "\"n.R399\"", Map.of("n.R", "chain/1"));
        version("chain/1", chain, Map.of());

        assertUnsupported(7, "schema id 7 is nested too deeply with the schemas that it refers to");
    }

    @Test
    void refersToABoundedNumberOfOthers() {
        Map<String, String> many =
                IntStream.range(0, 201).boxed().collect(Collectors.toMap(n -> "n.E" + n, n -> "e" + n + "/1"));
        many.forEach((name, subject) ->
                version(subject, "{\"type\": \"enum\", \"name\": \"" + name + "\", \"symbols\": [\"A\"]}", Map.of()));
        id(7, "\"n.E0\"", many);

        assertUnsupported(7, "schema id 7 refers to more than 200 other schemas");
        assertThat(registry.requests()).hasSize(201);
    }

    private void assertUnsupported(int id, String why) {
        assertThat(client().schema(id)).isEqualTo(new RegistryAnswer.Unsupported(why));
    }

    private void id(int id, String schema, Map<String, String> references) {
        registry.answer("/schemas/ids/" + id, 200, answer(schema, references));
    }

    private void version(String subject, String schema, Map<String, String> references) {
        String[] parts = subject.split("/");
        registry.answer("/subjects/" + parts[0] + "/versions/" + parts[1], 200, answer(schema, references));
    }

    /** @param references name to subject and version, a slash in between */
    private static String answer(String schema, Map<String, String> references) {
        String listed = references.entrySet().stream()
                .map(reference -> {
                    String[] parts = reference.getValue().split("/");
                    return "{'name': '" + reference.getKey() + "', 'subject': '" + parts[0] + "', 'version': "
                            + parts[1] + "}";
                })
                .collect(Collectors.joining(", "));
        String text = schema.replace("\n", " ").replace("\"", "\\\"");
        return "{'schema': '" + text + "', 'references': [" + listed + "]}";
    }

    private RegistryClient client() {
        return new RegistryClient(
                RegistryServers.of(RegistryUrl.of(new Text(registry.url()), raw -> raw)), Patience.none());
    }
}
