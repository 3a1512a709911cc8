package dev.firn.cli.proposal;

import dev.firn.definition.selector.Names;

/** What a pipeline and its table may be called after a stream. */
public final class ProposedNames {

    private static final int LONGEST = 63;

    private ProposedNames() {}

    /** {@code shop-orders} for {@code shop.orders}. */
    public static String pipeline(String stream) {
        String name = stream.replaceAll("[^A-Za-z0-9_-]", "-").replaceAll("^[^A-Za-z]+", "");
        String given = name.isEmpty() ? "pipeline" : name;
        return given.length() > LONGEST ? given.substring(0, LONGEST) : given;
    }

    /** {@code shop.orders} for {@code shop.orders}, and {@code orders.orders} for {@code orders}. */
    public static String table(String stream) {
        int dot = stream.indexOf('.');
        boolean divided = dot > 0 && dot < stream.length() - 1;
        String namespace = divided ? stream.substring(0, dot) : stream;
        String table = divided ? stream.substring(dot + 1) : stream;
        return Names.fromStream(namespace) + "." + Names.fromStream(table);
    }
}
