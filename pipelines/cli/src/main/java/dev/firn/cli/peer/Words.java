package dev.firn.cli.peer;

import dev.firn.definition.PipelineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that both tools have, in Firn's spelling. */
final class Words {

    private static final Pattern TIME_TRANSFORM = Pattern.compile("(year|month|day|hour)s?\\s*\\((.*)\\)");
    private static final Pattern NUMBER_IN_BRACKETS = Pattern.compile("(bucket|truncate)\\s*\\[(\\d+)]\\s*\\((.*)\\)");
    private static final String IDENTITY = "identity\\s*\\((.*)\\)";

    private Words() {}

    /** A name that a pipeline may have. */
    static String pipelineName(String text) {
        String characters = text.strip().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z]+|-+$", "");
        String name = characters.isEmpty() ? "imported" : characters;
        String cut = name.substring(0, Math.min(name.length(), 63));
        if (!cut.matches(PipelineOptions.NAME)) {
            throw new IllegalStateException("our bug: `" + cut + "` is no name of a pipeline");
        }
        return cut;
    }

    /** A time in the largest unit that leaves nothing over; empty where the text is no number of milliseconds. */
    static Optional<String> time(String milliseconds) {
        if (!milliseconds.strip().matches("\\d{1,15}")) {
            return Optional.empty();
        }
        long time = Long.parseLong(milliseconds.strip());
        if (time < 100) {
            return Optional.empty();
        }
        for (Unit unit : Unit.values()) {
            if (time % unit.milliseconds == 0) {
                return Optional.of(time / unit.milliseconds + unit.word);
            }
        }
        throw new IllegalStateException("our bug: every time is a number of milliseconds");
    }

    private enum Unit {
        HOUR("h", 3_600_000),
        MINUTE("m", 60_000),
        SECOND("s", 1_000),
        MILLISECOND("ms", 1);

        private final String word;
        private final long milliseconds;

        Unit(String word, long milliseconds) {
            this.word = word;
            this.milliseconds = milliseconds;
        }
    }

    /** Parts between commas, but not those inside of brackets and quotes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char quote = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"' || character == '`') {
                quote = character;
            } else if ("([{".indexOf(character) >= 0) {
                depth++;
            } else if (")]}".indexOf(character) >= 0) {
                depth--;
            } else if (character == separator && depth <= 0) {
                parts.add(text.substring(start, index));
                start = index + 1;
            }
        }
        parts.add(text.substring(start));
        return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** Partition transforms as Firn spells them. */
    static String partitionBy(String text) {
        return String.join(", ", split(text, ',').stream().map(Words::transform).toList());
    }

    private static String transform(String text) {
        Matcher time = TIME_TRANSFORM.matcher(text);
        if (time.matches()) {
            return time.group(1) + "(" + time.group(2).strip() + ")";
        }
        Matcher number = NUMBER_IN_BRACKETS.matcher(text);
        if (number.matches()) {
            return number.group(1) + "(" + number.group(3).strip() + ", " + number.group(2) + ")";
        }
        return text.replaceFirst("^" + IDENTITY + "$", "$1");
    }
}
