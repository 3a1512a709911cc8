package dev.firn.schema.folder;

import dev.firn.spi.source.Registration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Subjects as names of files on any system: letters, digits and {@code . _ -} stay, all else is {@code %} and its bytes. */
final class FileNames {

    private static final int LONGEST = 100;

    /** What a type of schema is called behind the point; any other is told by its own word. */
    private static final Map<String, String> ENDINGS =
            Map.of("AVRO", "avsc", "JSON", "schema.json", "PROTOBUF", "proto");

    /** Names that Windows keeps for devices, whatever stands behind a point. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private FileNames() {}

    /** @param taken lower-case names of others: some systems know no case */
    static String of(Registration registration, Set<String> taken) {
        String type = registration.type();
        String ending = "." + ENDINGS.getOrDefault(type, encoded(type.toLowerCase(Locale.ROOT)));
        String whole = encoded(registration.subject());
        String name = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
        boolean plain = name.equals(whole) && !taken.contains((name + ending).toLowerCase(Locale.ROOT));
        return (plain ? name : name + "~" + digest(registration)) + ending;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xff);
            boolean plain = character < 0x80
                    && (Character.isLetterOrDigit(character)
                            || character == '_'
                            || character == '-'
                            || character == '.');
            // A name that begins with a point is hidden, and `..` is another folder.
            boolean first = encoded.isEmpty() && character == '.';
            encoded.append(plain && !first ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return isDevice(encoded.toString()) ? "_" + encoded : encoded.toString();
    }

    private static boolean isDevice(String name) {
        String stem = name.toLowerCase(Locale.ROOT).replaceAll("\\..*", "");
        return DEVICES.contains(stem) || stem.matches("(com|lpt)[0-9]");
    }

    private static String digest(Registration registration) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((registration.registry() + "\n" + registration.subject()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
