package dev.firn.connector.cdc.postgres;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Values of {@code hstore} as it writes them: {@code "a"=>"1", "b"=>NULL}. Keys are there once each. */
final class PairTexts {

    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern PAIR = Pattern.compile(QUOTED + "=>(?:NULL|" + QUOTED + ")(?:, |$)", Pattern.DOTALL);
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private PairTexts() {}

    static TextCodec<Map<String, @Nullable String>> codec() {
        return TextCodec.of(
                Schema.createMap(TypeCodecs.nullable(Schema.create(Schema.Type.STRING))),
                PairTexts::pairs,
                (pairs, out) -> {
                    out.writeMapStart();
                    out.setItemCount(pairs.size());
                    for (Map.Entry<String, @Nullable String> pair : pairs.entrySet()) {
                        out.startItem();
                        out.writeBytes(pair.getKey().getBytes(StandardCharsets.UTF_8));
                        String value = pair.getValue();
                        out.writeIndex(value == null ? 0 : 1);
                        if (value != null) {
                            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                        }
                    }
                    out.writeMapEnd();
                },
                Map.of());
    }

    private static Map<String, @Nullable String> pairs(String text) throws Unfit {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!pair.find(at) || pair.start() != at) {
                throw new Unfit(text, "which is no hstore");
            }
            String value = pair.group(2);
            pairs.put(plain(pair.group(1)), value == null ? null : plain(value));
            at = pair.end();
        }
        return pairs;
    }

    private static String plain(String quoted) {
        return ESCAPED.matcher(quoted).replaceAll("$1");
    }
}
