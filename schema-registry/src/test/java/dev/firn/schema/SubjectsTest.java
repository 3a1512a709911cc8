package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.Text;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.StreamSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubjectsTest {

    private static final SourceSpan SPAN = new SourceSpan("shop.yaml", 4, 12, 6);
    private static final SourceSpan REGISTRY_SPAN = new SourceSpan("shop.yaml", 6, 12, 6);

    private static final String SCHEMA =
            "{'schema': '{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"O\\\", \\\"fields\\\": [{\\\"name\\\": \\\"id\\\", \\\"type\\\": \\\"long\\\"}]}'}";

    private final FakeRegistry registry = new FakeRegistry();
    private final Diagnostics diagnostics = new Diagnostics();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void makesColumnsOfTheLatestVersion() {
        latest(
                "orders",
                200,
                "{'schema': '{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"O\\\", \\\"fields\\\": [{\\\"name\\\": \\\"id\\\", \\\"type\\\": \\\"long\\\"}]}'}");

        assertThat(subjects().inspect("orders", SPAN, diagnostics))
                .contains(
                        new StreamSchema(
                                new TableSchema(List.of(Column.required("id", Primitive.LONG))),
                                "{\"type\": \"record\", \"name\": \"O\", \"fields\": [{\"name\": \"id\", \"type\": \"long\"}]}"));
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    /** A client of Java 17 can't be closed, and each has threads. */
    @Test
    void asksForAllTopicsWithOneClient() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Subjects subjects = subjects();
        for (String topic : List.of("a", "b", "c")) {
            latest(topic, 200, SCHEMA);
            assertThat(subjects.inspect(topic, SPAN, diagnostics)).isPresent();
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(
                        thread -> !before.contains(thread) && thread.getName().endsWith("SelectorManager"))
                .hasSize(1);
    }

    @Test
    void reportsASubjectThatTheRegistryDoesNotKnow() {
        latest("ordres", 404, "{'error_code': 40401, 'message': 'Subject not found'}");

        assertThat(subjects().inspect("ordres", SPAN, diagnostics)).isEmpty();
        assertReported(Diagnostic.error(
                        SchemaCode.SUBJECT_NOT_FOUND,
                        SPAN,
                        "the registry at `" + registry.url() + "` has no subject `ordres-value`")
                .fixedBy("register the topic's value schema under `ordres-value`, or check the topic's name"));
        assertThat(diagnostics.exitCode()).hasValue(2);
    }

    @Test
    void reportsEveryPlaceThatCanNotBeMapped() {
        latest(
                "orders",
                200,
                "{'schema': '{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"O\\\", \\\"fields\\\": [{\\\"name\\\": \\\"a\\\", \\\"type\\\": \\\"null\\\"}, {\\\"name\\\": \\\"b\\\", \\\"type\\\": \\\"O\\\"}]}'}");

        assertThat(subjects().inspect("orders", SPAN, diagnostics)).isEmpty();
        assertReported(
                Diagnostic.error(
                                SchemaCode.UNMAPPABLE_SCHEMA,
                                SPAN,
                                "in `orders-value`, `a`: nothing but null can stand here, which has no type")
                        .fixedBy("remove the field, or add a type to it"),
                Diagnostic.error(
                                SchemaCode.UNMAPPABLE_SCHEMA,
                                SPAN,
                                "in `orders-value`, `b`: record `O` contains itself, and a column's type can't")
                        .fixedBy(
                                "flatten it, or keep it as a text of JSON with `json-fields: [\"b\"]` in the `format`"));
        assertThat(diagnostics.exitCode()).hasValue(2);
    }

    @Test
    void reportsWhatIsNotAvro() {
        latest("orders", 200, "{'schema': '{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"a-b\\\"}'}");
        latest("refunds", 200, "{'schemaType': 'XML', 'schema': 'syntax'}");
        Subjects subjects = subjects();

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("refunds", SPAN, diagnostics)).isEmpty();
        assertReported(
                Diagnostic.error(
                                SchemaCode.UNMAPPABLE_SCHEMA,
                                SPAN,
                                "the schema of `orders-value` is not valid Avro: Illegal character in: a-b")
                        .fixedBy("register a version that is"),
                Diagnostic.error(
                                SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                                SPAN,
                                "the latest version of subject `refunds-value` is of type `XML`, and only AVRO, JSON, PROTOBUF are read")
                        .fixedBy("register a version that is Avro as a whole"));
    }

    private Subjects knowing(PlannedSchema... before) {
        return Subjects.of(
                FormatOptions.avro(options(), Nanoseconds.REFUSE, Optional.empty()),
                raw -> raw,
                REGISTRY_SPAN,
                stream -> Stream.of(before)
                        .filter(schema -> schema.stream().equals(stream))
                        .findFirst());
    }

    private RegistryOptions options() {
        return RegistryOptions.at(new Text(registry.url()));
    }

    private PlannedSchema found(String stream, long run, String key) {
        String value = "{\"type\": \"record\", \"name\": \"O\", \"fields\": [{\"name\": \"id\", \"type\": \"long\"}]}";
        return new PlannedSchema(
                RegistryServers.of(options().access(), raw -> raw).origin(), "kafka", stream, run, value, key);
    }

    @Test
    void goesOnWithWhatWasFoundBeforeWhereTheRegistryDoesNotAnswer() {
        Subjects subjects = knowing(found("orders", 3, "\"string\""), found("refunds", 7, ""));
        registry.close();

        assertThat(subjects.inspect("orders", SPAN, diagnostics).orElseThrow().columns())
                .isEqualTo(new TableSchema(List.of(Column.required("id", Primitive.LONG))));
        assertThat(subjects.inspectKey("orders", SPAN, diagnostics)).contains("\"string\"");
        assertThat(subjects.inspect("refunds", SPAN, diagnostics)).isPresent();
        subjects.reportWhatWasFoundBefore(diagnostics);

        assertReported(Diagnostic.warning(
                        SchemaCode.SCHEMA_FROM_LEDGER,
                        REGISTRY_SPAN,
                        "the registry at `" + registry.url()
                                + "` can't say the latest version of subject `orders-value`: there is no connection to it;"
                                + " newest schemas are taken from the ledger: `orders` as run 3 found it, `refunds` as run 7"
                                + " found it")
                .fixedBy("plan again when the registry answers, to see what was registered since"));
    }

    /** Of another registry, of another topic, and of values without keys. */
    @Test
    void doesNotGoOnWithWhatItDoesNotKnow() {
        PlannedSchema ours = found("orders", 3, "");
        Subjects subjects = knowing(ours, new PlannedSchema("another", "kafka", "refunds", 1, ours.value(), ""));
        registry.close();

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isPresent();
        assertThat(subjects.inspectKey("orders", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("refunds", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("returns", SPAN, diagnostics)).isEmpty();
        subjects.reportWhatWasFoundBefore(diagnostics);

        assertReported(Diagnostic.error(
                        SchemaCode.REGISTRY_UNREACHABLE,
                        REGISTRY_SPAN,
                        "the registry at `" + registry.url()
                                + "` can't say the latest version of subject `orders-value`: there is no connection to it")
                .fixedBy("check the `url` of the `registry` and that it is reachable from here"));
    }

    /** A registry that knows no such subject has answered. */
    @Test
    void believesTheRegistryRatherThanTheLedger() {
        latest("orders", 404, "{'error_code': 40401, 'message': 'Subject not found'}");
        Subjects subjects = knowing(found("orders", 3, ""));

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        subjects.reportWhatWasFoundBefore(diagnostics);

        assertThat(diagnostics.inOrder()).extracting(Diagnostic::code).containsExactly(SchemaCode.SUBJECT_NOT_FOUND);
    }

    @Test
    void reportsAnUnreachableRegistryOnce() {
        registry.close();
        Subjects subjects = subjects();

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("refunds", SPAN, diagnostics)).isEmpty();
        assertReported(Diagnostic.error(
                        SchemaCode.REGISTRY_UNREACHABLE,
                        REGISTRY_SPAN,
                        "the registry at `" + registry.url()
                                + "` can't say the latest version of subject `orders-value`: there is no connection to it")
                .fixedBy("check the `url` of the `registry` and that it is reachable from here"));
        assertThat(diagnostics.exitCode()).hasValue(3);
    }

    @Test
    void asksForTheSubjectThatTheFileNames() {
        registry.answer("/subjects/com.acme.Order/versions/latest", 200, SCHEMA);
        registry.answer("/subjects/refunds-value/versions/latest", 200, SCHEMA);
        Subjects subjects = subjects(SubjectNaming.TOPIC_NAME, Map.of("orders", "com.acme.Order"));

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isPresent();
        assertThat(subjects.inspect("refunds", SPAN, diagnostics)).isPresent();
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    @Test
    void reportsANamedSubjectThatTheRegistryDoesNotKnow() {
        registry.answer("/subjects/com.acme.Order/versions/latest", 404, "{'error_code': 40401}");

        assertThat(subjects(SubjectNaming.RECORD_NAME, Map.of("orders", "com.acme.Order"))
                        .inspect("orders", SPAN, diagnostics))
                .isEmpty();
        assertReported(Diagnostic.error(
                        SchemaCode.SUBJECT_NOT_FOUND,
                        SPAN,
                        "the registry at `" + registry.url() + "` has no subject `com.acme.Order`")
                .fixedBy(
                        "register the topic's value schema under `com.acme.Order`, or check `subjects` in `registry`"));
    }

    @Test
    void leavesASubjectThatNobodyNamesToLint() {
        assertThat(subjects(SubjectNaming.RECORD_NAME, Map.of()).inspect("orders", SPAN, diagnostics))
                .isEmpty();
        assertThat(diagnostics.inOrder()).isEmpty();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void findsTheOnlySubjectThatIsNamedAfterTopicAndRecord() {
        registry.answer(
                "/subjects",
                200,
                "['orders-key', 'orders-value', 'orders-eu-com.acme.Order', 'ordersx', 'orders-com.acme.Order', 'orders-']");
        registry.answer("/subjects/orders-com.acme.Order/versions/latest", 200, SCHEMA);

        assertThat(subjects(SubjectNaming.TOPIC_RECORD_NAME, Map.of()).inspect("orders", SPAN, diagnostics))
                .isPresent();
        assertThat(registry.requests())
                .containsExactly("/subjects?subjectPrefix=orders-", "/subjects/orders-com.acme.Order/versions/latest");
    }

    @Test
    void reportsNoSubjectOrSeveralOfTopicAndRecord() {
        registry.answer("/subjects", 200, "['orders-value']");
        registry.answer("/subjects", 200, "['orders-b.B', 'orders-A']");
        registry.answer(
                "/subjects",
                200,
                IntStream.range(10, 22)
                        .mapToObj(number -> "'orders-r" + number + "'")
                        .collect(Collectors.joining(",", "[", "]")));
        Subjects subjects = subjects(SubjectNaming.TOPIC_RECORD_NAME, Map.of());

        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertReported(
                Diagnostic.error(
                                SchemaCode.AMBIGUOUS_SUBJECT,
                                SPAN,
                                "the registry at `" + registry.url()
                                        + "` has several subjects for topic `orders`: `orders-A`, `orders-b.B`")
                        .fixedBy("say which one the columns come from: `subjects: {orders: orders-A}`"),
                Diagnostic.error(
                                SchemaCode.AMBIGUOUS_SUBJECT,
                                SPAN,
                                "the registry at `" + registry.url()
                                        + "` has several subjects for topic `orders`: `orders-r10`, `orders-r11`,"
                                        + " `orders-r12`, `orders-r13`, `orders-r14`, `orders-r15`, `orders-r16`,"
                                        + " `orders-r17`, `orders-r18`, `orders-r19` and 2 more")
                        .fixedBy("say which one the columns come from: `subjects: {orders: orders-r10}`"),
                Diagnostic.error(
                                SchemaCode.SUBJECT_NOT_FOUND,
                                SPAN,
                                "the registry at `" + registry.url() + "` has no subject `orders-<the record's name>`")
                        .fixedBy("register the topic's value schema under such a subject, or name the one that it has:"
                                + " `subjects: {orders: ...}`"));
    }

    private void latest(String topic, int status, String answer) {
        registry.answer("/subjects/" + topic + "-value/versions/latest", status, answer);
    }

    @Test
    void reportsAFieldForJsonThatNoTopicHas() {
        latest(
                "orders",
                200,
                "{'schema': '{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"O\\\", \\\"fields\\\": [{\\\"name\\\": \\\"id\\\", \\\"type\\\": \\\"long\\\"}]}'}");
        FormatOptions format = FormatOptions.avro(
                RegistryOptions.at(new Text(registry.url())), Nanoseconds.REFUSE, Optional.of(List.of("id", "idd")));
        Subjects subjects = Subjects.of(format, raw -> raw, REGISTRY_SPAN);

        assertThat(subjects.inspect("orders", SPAN, diagnostics).orElseThrow().columns())
                .isEqualTo(new TableSchema(List.of(Column.required("id", Primitive.STRING))));
        subjects.reportStrayJsonFields(SPAN, diagnostics);

        assertReported(Diagnostic.error(
                        SchemaCode.JSON_FIELD_NOT_FOUND, SPAN, "no topic of this source has a field `idd`")
                .fixedBy("write its path as `plan` shows it: names with dots between, `[]` for an array's items,"
                        + " `{}` for a map's values"));
    }

    @Test
    void findsTheSchemaOfATopicsKeysAndSaysWhereThereIsNone() {
        registry.answer("/subjects/orders-key/versions/latest", 200, "{'schema': '\\\"string\\\"'}");
        registry.answer(
                "/subjects/refunds-key/versions/latest", 404, "{'error_code': 40401, 'message': 'Subject not found'}");
        Subjects subjects = subjects();

        assertThat(subjects.inspectKey("orders", SPAN, diagnostics)).contains("\"string\"");
        assertThat(subjects.inspectKey("refunds", SPAN, diagnostics)).isEmpty();
        assertReported(Diagnostic.error(
                        SchemaCode.SUBJECT_NOT_FOUND,
                        SPAN,
                        "the registry at `" + registry.url() + "` has no subject `refunds-key`")
                .fixedBy("register the topic's key schema under `refunds-key`, or say how keys are encoded that have"
                        + " none: `key: {type: string}`"));
    }

    private Subjects subjects() {
        Text url = new Text(registry.url());
        return Subjects.of(FormatOptions.avro(RegistryOptions.at(url)), raw -> raw, REGISTRY_SPAN);
    }

    private Subjects subjects(SubjectNaming naming, Map<String, String> named) {
        RegistryOptions options = new RegistryOptions(
                List.of(new Text(registry.url())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                naming,
                named,
                OutageOptions.UNLESS_SAID);
        return Subjects.of(FormatOptions.avro(options), raw -> raw, REGISTRY_SPAN);
    }

    private void assertReported(Diagnostic... expected) {
        assertThat(diagnostics.inOrder()).containsExactly(expected);
    }
}
