package dev.firn.connector.cdc.postgres.plan;

import dev.firn.connector.cdc.PostgresOptions;
import java.util.Locale;

/** What slot and publication of a source are called. */
public final class SlotNames {

    /** Postgres cuts longer names off in silence. */
    private static final int LONGEST_NAME = 63;

    private SlotNames() {}

    /** The slot that a source has where its file names none; a slot's name has no more than small letters, digits and `_`. */
    public static String slot(PostgresOptions options, String pipeline, String source) {
        return options.slot().orElseGet(() -> cut("firn_" + plain(pipeline) + "_" + plain(source)));
    }

    public static String publication(PostgresOptions options, String pipeline, String source) {
        return options.publication().orElseGet(() -> slot(options, pipeline, source));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** Two long names that begin alike are still two. */
    private static String cut(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        String mark = "_" + Integer.toHexString(name.hashCode());
        return name.substring(0, LONGEST_NAME - mark.length()) + mark;
    }
}
