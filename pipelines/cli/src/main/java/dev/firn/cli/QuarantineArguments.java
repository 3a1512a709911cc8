package dev.firn.cli;

import dev.firn.definition.bind.Times;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.sink.QuarantineSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which records of a quarantine a verb is about. */
final class QuarantineArguments {

    @Option(
            names = "--code",
            paramLabel = "CODE",
            converter = CodeWord.class,
            description = "Why they are there, such as truncated-payload; several times for several.")
    private Set<String> codes = new TreeSet<>();

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Which rule of the file they break, such as positive-amount; several times for several.")
    private Set<String> rules = new TreeSet<>();

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Where they should have gone; several times for several.")
    private Set<String> tables = new TreeSet<>();

    @Option(
            names = "--stream",
            paramLabel = "STREAM",
            description = "Where they came from, such as a topic; several times for several.")
    private Set<String> streams = new TreeSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeWord.class,
            description = "That came there within a time, such as 90m or 2d.")
    private Optional<Within> since = Optional.empty();

    /** @param word as it was said */
    record Within(String word, Duration time) {}

    /** One of the codes of this Firn. */
    static final class CodeWord implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            TreeSet<String> words = Arrays.stream(RejectCode.values())
                    .map(RejectCode::word)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!words.contains(word)) {
                throw new UnknownWord(word, words);
            }
            return word;
        }
    }

    /** A number with its unit; whether it was said at all is picocli's to wrap. */
    static final class TimeWord implements ITypeConverter<Within> {

        private static final Duration MOST = Duration.ofDays(365_000);

        @Override
        public Within convert(String word) {
            return Times.parse(word)
                    .filter(parsed -> parsed.compareTo(MOST) < 0)
                    .map(parsed -> new Within(word, parsed))
                    .orElseThrow(() -> new TypeConversionException("no time"));
        }
    }

    QuarantineSelection selection(Instant now, QuarantineSelection.Payload payload) {
        return new QuarantineSelection(
                codes, rules, tables, streams, since.map(within -> now.minus(within.time())), payload);
    }

    /** As the command line said it, with a blank behind it where there is anything. */
    String words() {
        StringBuilder words = new StringBuilder();
        codes.forEach(code -> words.append("--code ").append(code).append(' '));
        rules.forEach(rule -> words.append("--rule ").append(rule).append(' '));
        tables.forEach(table -> words.append("--table ").append(table).append(' '));
        streams.forEach(stream -> words.append("--stream ").append(stream).append(' '));
        since.ifPresent(within -> words.append("--since ").append(within.word()).append(' '));
        return words.toString();
    }
}
