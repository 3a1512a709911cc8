package dev.firn.quality.expression.function;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** What times are counted in. */
enum Unit {
    YEAR(ChronoUnit.YEARS),
    QUARTER(IsoFields.QUARTER_YEARS),
    MONTH(ChronoUnit.MONTHS),
    WEEK(ChronoUnit.WEEKS),
    DAY(ChronoUnit.DAYS),
    HOUR(ChronoUnit.HOURS),
    MINUTE(ChronoUnit.MINUTES),
    SECOND(ChronoUnit.SECONDS);

    private final java.time.temporal.TemporalUnit unit;

    Unit(java.time.temporal.TemporalUnit unit) {
        this.unit = unit;
    }

    static Optional<Unit> named(String word) {
        String wanted = word.toUpperCase(Locale.ROOT);
        for (Unit unit : values()) {
            if (unit.name().equals(wanted) || (unit.name() + "S").equals(wanted)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    boolean isWithinADay() {
        return this == HOUR || this == MINUTE || this == SECOND;
    }

    /** The start of the unit that the time is in; a week starts on Monday. */
    LocalDateTime floor(LocalDateTime time) {
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case YEAR -> day.withDayOfYear(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((day.get(IsoFields.QUARTER_OF_YEAR) - 1) * 3 + 1);
            case MONTH -> day.withDayOfMonth(1);
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case DAY -> day;
            case HOUR, MINUTE, SECOND -> time.truncatedTo(unit);
        };
    }

    LocalDateTime ceil(LocalDateTime time) {
        LocalDateTime floor = floor(time);
        return floor.equals(time) ? time : floor.plus(1, unit);
    }

    LocalDateTime plus(LocalDateTime time, long count) {
        return time.plus(count, unit);
    }

    /** Whole units from one to the other. */
    long between(LocalDateTime start, LocalDateTime end) {
        return unit.between(start, end);
    }

    long of(LocalDateTime time) {
        return switch (this) {
            case YEAR -> time.getYear();
            case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH -> time.getMonthValue();
            case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case DAY -> time.getDayOfMonth();
            case HOUR -> time.getHour();
            case MINUTE -> time.getMinute();
            case SECOND -> time.get(ChronoField.SECOND_OF_MINUTE);
        };
    }
}
