package dev.firn.plan.against;

import java.util.Collection;
import java.util.stream.Collectors;

/** Where in a file something stands, and names in words. */
final class Places {

    static final String PIPELINE = "pipeline";
    static final String SINK = "sink";

    private Places() {}

    static String source(String name) {
        return "source " + name;
    }

    /** A stream of a source, where its routes are meant. */
    static String stream(String source, String name) {
        return "stream " + source + "/" + name;
    }

    static String table(String name) {
        return "table " + name;
    }

    static String template(String name) {
        return "tables " + name;
    }

    static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    static String plain(Collection<String> names) {
        return String.join(", ", names);
    }
}
