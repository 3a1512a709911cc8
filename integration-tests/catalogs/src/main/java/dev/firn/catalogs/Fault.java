package dev.firn.catalogs;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one request meets on its way.
 *
 * @param on the kind of request: {@code commit}, {@code create}, {@code load}
 * @param table the table's name, empty for any
 * @param place {@code before}: the request never arrives; {@code after}: it arrives and its answer is dropped;
 *     {@code kept}: it arrives when it is delivered, long after it was answered; {@code held}: it waits for the test, then
 *     arrives
 * @param answer an HTTP status, or {@code cut}: the connection is closed; {@code silence}: nobody answers; {@code half}:
 *     the first half of the real answer; {@code real}: the real answer
 * @param retryAfter seconds for the header of that name, empty for none
 * @param pauses whether the answer waits for the test
 */
record Fault(String on, String table, String place, String answer, String retryAfter, boolean pauses) {

    /** A line such as {@code on=commit table=orders place=after answer=502 times=20 pause=yes retry-after=1}. */
    static List<Fault> parse(String line) {
        Map<String, String> words = Arrays.stream(line.trim().split(" "))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        Fault fault = new Fault(
                words.getOrDefault("on", "commit"),
                words.getOrDefault("table", ""),
                words.getOrDefault("place", "before"),
                words.getOrDefault("answer", "cut"),
                words.getOrDefault("retry-after", ""),
                words.containsKey("pause"));
        return Collections.nCopies(Integer.parseInt(words.getOrDefault("times", "1")), fault);
    }

    boolean meets(Request request) {
        return on.equals(request.kind()) && (table.isEmpty() || table.equals(request.table()));
    }
}
