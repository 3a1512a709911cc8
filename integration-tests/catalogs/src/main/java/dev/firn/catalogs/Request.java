package dev.firn.catalogs;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request to a REST catalog, read to its end. */
record Request(String method, String path, Map<String, List<String>> headers, byte[] body) {

    private static final Pattern TABLE = Pattern.compile(".*/namespaces/[^/]+/tables(?:/([^/?]+))?(?:\\?.*)?");

    /** {@code commit}, {@code create} or {@code load} a table, or {@code other}. */
    String kind() {
        Matcher matcher = TABLE.matcher(path);
        if (!matcher.matches()) {
            return "other";
        }
        boolean named = matcher.group(1) != null;
        return switch (method) {
            case "POST" -> named ? "commit" : "create";
            case "GET" -> named ? "load" : "other";
            default -> "other";
        };
    }

    /** Empty where the path names none. */
    String table() {
        Matcher matcher = TABLE.matcher(path);
        return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    }
}
