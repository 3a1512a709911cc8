package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.TextCodec.Fitting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as Postgres writes them: {@code {1,NULL,"a \"b\""}}. A type says nothing of an array's dimensions, and its values have any; a column is a list,
 * so one that has several, or does not count from 1, does not fit.
 */
final class ListTexts {

    private final String text;
    private final char delimiter;
    private int at;

    private ListTexts(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    static <T> TextCodec<List<@Nullable Fitting<T>>> codec(TextCodec<T> item, char delimiter) {
        return new TextCodec<>(
                Schema.createArray(TypeCodecs.nullable(item.schema())),
                bytes -> {
                    List<@Nullable Fitting<T>> values = new ArrayList<>();
                    for (String value : new ListTexts(new String(bytes, StandardCharsets.UTF_8), delimiter).items()) {
                        values.add(value == null ? null : item.fitting(TypeCodecs.utf8(value)));
                    }
                    return values;
                },
                (values, out) -> {
                    out.writeArrayStart();
                    out.setItemCount(values.size());
                    for (Fitting<T> value : values) {
                        out.startItem();
                        out.writeIndex(value == null ? 0 : 1);
                        if (value != null) {
                            value.write(out);
                        }
                    }
                    out.writeArrayEnd();
                },
                List.of());
    }

    private List<@Nullable String> items() throws Unfit {
        if (text.startsWith("[")) {
            throw new Unfit(text, "which does not count from 1, and a list does");
        }
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new Unfit(text, "which is no array");
        }
        List<@Nullable String> items = new ArrayList<>();
        at = 1;
        while (at < text.length() - 1) {
            items.add(item());
            if (at < text.length() - 1 && text.charAt(at) != delimiter) {
                throw new Unfit(text, "which is no array");
            }
            at++;
        }
        return items;
    }

    private @Nullable String item() throws Unfit {
        switch (text.charAt(at)) {
            case '{':
                throw new Unfit(text, "which has more than one dimension, and a list has one");
            case '"':
                at++;
                return quoted();
            default:
                return bare();
        }
    }

    private String quoted() throws Unfit {
        StringBuilder item = new StringBuilder();
        for (; at < text.length() - 1; at++) {
            char character = text.charAt(at);
            if (character == '"') {
                at++;
                return item.toString();
            }
            item.append(character == '\\' ? text.charAt(++at) : character);
        }
        throw new Unfit(text, "which is no array");
    }

    private @Nullable String bare() {
        int start = at;
        while (at < text.length() - 1 && text.charAt(at) != delimiter) {
            at++;
        }
        String item = text.substring(start, at);
        return item.equals("NULL") ? null : item;
    }
}
