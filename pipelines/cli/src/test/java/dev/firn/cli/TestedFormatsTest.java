package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of each format are written out and read by the format's own decoder, with columns of keys and of where they came from. */
class TestedFormatsTest {

    private static final String FILE =
            """
            pipeline: {name: formats}
            source:
              - name: plain
                type: kafka
                topics: [clicks]
                properties: {bootstrap.servers: "${env:NO_BROKER}"}
                format: {type: json, schema-file: clicks.schema.json}
              - name: framed
                type: kafka
                topics: [views]
                properties: {bootstrap.servers: "${env:NO_BROKER}"}
                format: {type: json, registry: {url: "${env:NO_REGISTRY}"}}
              - name: raw
                type: kafka
                topics: [lines]
                properties: {bootstrap.servers: "${env:NO_BROKER}"}
                format: {type: raw, column: line, column-type: string}
                key: {type: long, column: number}
              - name: text
                type: kafka
                topics: [logins]
                properties: {bootstrap.servers: "${env:NO_BROKER}"}
                format: {type: avro, encoding: json, registry: {url: "${env:NO_REGISTRY}"}}
              - name: keyed
                type: kafka
                topics: [orders]
                properties: {bootstrap.servers: "${env:NO_BROKER}"}
                format: {type: avro, registry: {url: "${env:NO_REGISTRY}"}}
                key: {type: avro, prefix: k_}
                metadata: {offset: _offset, timestamp: _time, headers: _headers}
            route:
              - {from: orders, by: kind, to: by_kind.$by}
              - {from: "*", to: all.$stream}
            sink: {type: iceberg, catalog: {type: rest, uri: "${env:NO_CATALOG}"}}
            tests:
              - name: json
                given:
                  - {from: clicks, value: {id: 1, at: 2026-01-03T09:14:07Z, score: 0.5, more: [a, "2"]}}
                  - {from: clicks, value: {id: x}}
                  - {from: framed/views, value: {id: 2}}
                expect:
                  tables:
                    all.clicks: [{id: 1, at: 2026-01-03 09:14:07, score: 0.5, more: [a, 2]}]
                    all.views: [{id: 2}]
                  quarantine: [{code: invalid-value, table: all.clicks, message: "`id`"}]
              - name: raw
                given:
                  - {from: lines, value: hello, key: 7}
                  - {from: lines, value: 0xff}
                  - {from: lines, value: null}
                expect:
                  tables: {all.lines: [{line: hello, number: 7}]}
                  quarantine: {code: bad-utf8}
              - name: Avro in JSON
                given: {from: logins, value: {user: ada}}
                expect: {tables: {all.logins: [{user: ada, device: null}]}}
              - name: keys, metadata, and tables that values name
                given:
                  - {from: orders, value: {kind: a}, key: {id: 5}, timestamp: 2026-01-03T09:14:07.001Z, headers: {trace: "1"}}
                  - {from: orders, value: {kind: b}, key: {id: 6}}
                expect:
                  tables:
                    by_kind.a:
                      - {k_id: 5, _offset: 0, _time: 2026-01-03T09:14:07.001Z, _headers: [{key: trace, value: 0x31}]}
                    by_kind.b: [{k_id: 6, _offset: 1, _time: 1970-01-01T00:00:00Z, _headers: []}]
                    by_kind.c: []
            """;

    @TempDir
    private Path folder;

    @Test
    void eachIsReadByItsOwnDecoder() throws IOException {
        Path file = Files.writeString(folder.resolve("formats.yaml"), FILE);
        Files.writeString(
                folder.resolve("clicks.schema.json"),
                """
                {"type": "object", "required": ["id"], "properties": {
                  "id": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
                  "score": {"type": "number"}, "more": {"type": "array", "items": {"type": "string"}}}}
                """);
        schema("views.json", "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}}}");
        schema(
                "logins.avsc",
                """
                {"type": "record", "name": "L", "fields": [{"name": "user", "type": "string"},
                  {"name": "device", "type": ["null", "string"], "default": null}]}
                """);
        schema(
                "o.avsc",
                "{\"type\": \"record\", \"name\": \"O\", \"fields\": [{\"name\": \"kind\", \"type\": \"string\"}]}");
        schema(
                "k.avsc",
                "{\"type\": \"record\", \"name\": \"K\", \"fields\": [{\"name\": \"id\", \"type\": \"int\"}]}");
        Files.writeString(
                folder.resolve("schemas/pulled.json"),
                """
                {"version": 1, "schemas": [
                  {"file": "views.json", "type": "JSON", "registry": "r", "subject": "views-value",
                   "read-by": [{"pipeline": "formats", "source": "framed", "stream": "views", "part": "value"}]},
                  {"file": "logins.avsc", "type": "AVRO", "registry": "r", "subject": "logins-value",
                   "read-by": [{"pipeline": "formats", "source": "text", "stream": "logins", "part": "value"}]},
                  {"file": "o.avsc", "type": "AVRO", "registry": "r", "subject": "orders-value",
                   "read-by": [{"pipeline": "formats", "source": "keyed", "stream": "orders", "part": "value"}]},
                  {"file": "k.avsc", "type": "AVRO", "registry": "r", "subject": "orders-key",
                   "read-by": [{"pipeline": "formats", "source": "keyed", "stream": "orders", "part": "key"}]}]}
                """);

        assertThat(firn("test", file.toString()))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        NAMED
                          ✓ json
                          ✓ raw
                          ✓ Avro in JSON
                          ✓ keys, metadata, and tables that values name

                        4 tests: all passed
                        what it would do to tables that are there:  firn plan NAMED
                        """
                                .replace("NAMED", file.toString()),
                        ""));
    }

    private void schema(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas").resolve(file), text);
    }
}
