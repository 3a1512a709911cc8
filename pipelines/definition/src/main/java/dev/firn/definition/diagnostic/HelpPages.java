package dev.firn.definition.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the help page of a code: the resource {@code /help/<code>.md} of whatever module reports it. */
public final class HelpPages {

    private static final Pattern TOPIC = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private HelpPages() {}

    /** The page as markdown. */
    public static Optional<String> page(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            return Optional.empty();
        }
        try (InputStream page = HelpPages.class.getResourceAsStream("/help/" + topic + ".md")) {
            return page == null
                    ? Optional.empty()
                    : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("help page " + topic + " can't be read from the class path", e);
        }
    }
}
