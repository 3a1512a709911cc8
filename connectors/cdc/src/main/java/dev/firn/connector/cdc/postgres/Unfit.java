package dev.firn.connector.cdc.postgres;

/** A value that its column can't hold; the message goes on where the column's name ends: {@code is `infinity`, which is no date}. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 100;

    private final String reason;

    /** @param why goes on behind the value */
    Unfit(String text, String why) {
        super(null, null, false, false);
        this.reason = "is `" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text) + "`, " + why;
    }

    String reason() {
        return reason;
    }
}
