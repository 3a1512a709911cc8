package dev.firn.schema.infer;

import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.notation.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the values of a place range over, in a few words. */
final class Ranges {

    private static final long NANOS_PER_MICRO = 1_000;

    private Ranges() {}

    static String of(Place place, Shape shape) {
        if (shape == Shape.Plain.STRING) {
            return place.kinds().isEmpty() ? "" : "longest " + place.longest();
        }
        List<String> words = new ArrayList<>();
        numbers(place).ifPresent(words::add);
        place.kinds().forEach((kind, seen) -> {
            String word = word(place, kind, seen);
            if (!word.isEmpty()) {
                words.add(word);
            }
        });
        return String.join(", ", words);
    }

    private static Optional<String> numbers(Place place) {
        Seen whole = place.kinds().get(Kind.INTEGER);
        Optional<Digits> digits = place.digits();
        if (digits.isEmpty()) {
            return Optional.ofNullable(whole).map(seen -> range(seen.least(), seen.greatest()));
        }
        BigDecimal least = digits.get().least();
        BigDecimal greatest = digits.get().greatest();
        if (whole != null) {
            least = least.min(BigDecimal.valueOf(whole.least()));
            greatest = greatest.max(BigDecimal.valueOf(whole.greatest()));
        }
        return Optional.of(range(Excerpt.of(least.toString()), Excerpt.of(greatest.toString())));
    }

    private static String word(Place place, Kind kind, Seen seen) {
        return switch (kind) {
            case BOOLEAN -> seen.least() == seen.greatest() ? "always " + (seen.least() == 1) : "";
            case DATE -> range(LocalDate.ofEpochDay(seen.least()), LocalDate.ofEpochDay(seen.greatest()));
            case TIME -> range(
                    LocalTime.ofNanoOfDay(seen.least() * NANOS_PER_MICRO),
                    LocalTime.ofNanoOfDay(seen.greatest() * NANOS_PER_MICRO));
            case TIMESTAMP -> range(
                    instant(seen.least()).atOffset(ZoneOffset.UTC).toLocalDateTime(),
                    instant(seen.greatest()).atOffset(ZoneOffset.UTC).toLocalDateTime());
            case INSTANT -> range(instant(seen.least()), instant(seen.greatest()));
            case TEXT -> "longest " + place.longest();
            case ARRAY -> range(seen.least(), seen.greatest()) + (seen.greatest() == 1 ? " item" : " items");
            case INTEGER, HUGE, FRACTION, BEYOND, NANOSECONDS, UUID, OBJECT -> "";
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String range(Object least, Object greatest) {
        return least.equals(greatest) ? "always " + least : least + " to " + greatest;
    }
}
