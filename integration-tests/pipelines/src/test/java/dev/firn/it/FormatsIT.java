package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats other than Avro in its frame, a source of one pipeline each, from bytes in a topic to rows read back. */
class FormatsIT {

    private final String bytes = Stack.unique("bytes");
    private final String texts = Stack.unique("texts");

    @Test
    void everyFormatBecomesRowsAndWhatItCannotReadIsQuarantined() throws Exception {
        for (String topic : List.of(bytes, texts)) {
            Stack.running().createTopic(topic, 1);
        }
        Pipeline pipeline = Pipeline.of(Stack.unique("formats"), List.of(), "");
        String file = Files.readString(pipeline.file());
        String sources = file.substring(file.indexOf("source:"), file.indexOf("sink:"));
        Files.writeString(pipeline.file(), file.replace(sources, "source:\n" + raw()));
        try (Records records = new Records()) {
            records.send(bytes, new byte[] {0, 0, 0, 0, 9, -1});
            records.send(bytes, 0, null);
            records.send(bytes, new byte[0]);
            records.send(texts, utf8("sn\u00f6"));
            records.send(texts, new byte[] {'a', -1});
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(bytes), "value", "_offset"))
                .containsExactly(
                        List.of(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 9, -1}), 0L),
                        List.of(ByteBuffer.wrap(new byte[0]), 2L));
        assertThat(pipeline.rows(pipeline.table(texts), "body", "key")).containsExactly(List.of("sn\u00f6", "key"));
        assertThat(pipeline.rows(pipeline.quarantine(), "stream", "position", "code", "message"))
                .containsExactlyInAnyOrder(
                        List.of(texts, 1L, "bad-utf8", "`body` is not UTF-8: byte `0xff` at 1 of 2"));
    }

    private String raw() {
        return source(bytes, "{type: raw}\n    metadata: {offset: _offset}")
                + source(texts, "{type: raw, column: body, column-type: string}\n    key: {type: string}");
    }

    private static String source(String topic, String format) {
        return """
                  - name: %s
                    type: kafka
                    topics: [%s]
                    properties: {bootstrap.servers: "${env:KAFKA}"}
                    format: %s
                """
                .formatted(topic, topic, format);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
