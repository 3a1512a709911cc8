package dev.firn.schema.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.avro.AvroSchemas;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons with their paths; the verdicts themselves are held against a registry's by {@code CompatibilityIT}. */
class CompatibilityTest {

    /** The types of a field before and after, and why the newer one can't read the older one. */
    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(
                        "['int', 'string', 'boolean']",
                        "['string', 'int']",
                        "a: the reader's union has no branch that reads the writer's boolean"),
                Arguments.of(
                        "['null', " + line("'p'") + "]",
                        line("'q'"),
                        ": in a branch of a union: the reader takes record Line, and the writer writes null; "
                                + ": in a branch of a union, field `q`: the reader has no default for it, and the writer does"
                                + " not write it"),
                Arguments.of("'string'", "'int'", "a: the reader takes int, and the writer writes string"),
                Arguments.of(
                        "['null', 'string']",
                        "['null', 'int']",
                        "a: the reader's union has no branch that reads the writer's string"),
                Arguments.of(
                        list("'string'"), list("'int'"), "a[]: the reader takes int, and the writer writes string"),
                Arguments.of(map("'string'"), map("'int'"), "a{}: the reader takes int, and the writer writes string"),
                Arguments.of(
                        named("fixed", "F", "'size': 4"),
                        named("fixed", "F", "'size': 8"),
                        "a: the reader takes 8 bytes, and the writer writes 4"),
                Arguments.of(
                        named("fixed", "F", "'size': 4"),
                        named("fixed", "G", "'size': 4"),
                        "a: the reader calls its fixed `G`, and the writer `F`"),
                Arguments.of(
                        named("enum", "E", "'symbols': ['A', 'B', 'C']"),
                        named("enum", "E", "'symbols': ['B']"),
                        "a: the reader has no symbol `A`, `C`, and its enum has no default"),
                Arguments.of(
                        line("'p'"),
                        line("'q'"),
                        "a.q: the reader has no default for it, and the writer does not write it"),
                Arguments.of(
                        list(line("'p'")),
                        list(line("'q'")),
                        "a[].q: the reader has no default for it, and the writer does not write it"),
                Arguments.of(
                        "['null', " + line("'p'") + "]",
                        "['null', " + line("'q'") + "]",
                        "a: the reader's union has no branch that reads the writer's record Line"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void areSaidInASentence(String older, String newer, String why) throws AvroSchemas.NotAvro {
        List<Incompatibility> backward = Compatibility.between(
                AvroSchemas.parse(record(older)), AvroSchemas.parse(record(newer)), CompatibilityLevel.BACKWARD);
        List<Incompatibility> forward = Compatibility.between(
                AvroSchemas.parse(record(newer)), AvroSchemas.parse(record(older)), CompatibilityLevel.FORWARD);

        assertThat(said(backward)).isEqualTo(why);
        assertThat(said(forward)).isEqualTo(why);
        assertThat(backward).extracting(Incompatibility::reader).containsOnly(Incompatibility.Reader.NEW);
        assertThat(forward).extracting(Incompatibility::reader).containsOnly(Incompatibility.Reader.OLD);
    }

    private static String said(List<Incompatibility> found) {
        return found.stream().map(one -> one.path() + ": " + one.why()).collect(Collectors.joining("; "));
    }

    private static String record(String type) {
        return ("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': " + type + "}]}").replace('\'', '"');
    }

    private static String line(String field) {
        return named("record", "Line", "'fields': [{'name': " + field + ", 'type': 'int'}]");
    }

    private static String named(String type, String name, String rest) {
        return "{'type': '" + type + "', 'name': '" + name + "', " + rest + "}";
    }

    private static String list(String items) {
        return "{'type': 'array', 'items': " + items + "}";
    }

    private static String map(String values) {
        return "{'type': 'map', 'values': " + values + "}";
    }
}
