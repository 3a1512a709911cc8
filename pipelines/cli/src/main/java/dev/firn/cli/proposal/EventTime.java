package dev.firn.cli.proposal;

import dev.firn.cli.proposal.SampledTable.Sampled;
import dev.firn.spi.schema.ColumnType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The column that says when a row's event happened: one of a date or a timestamp, by what it is called and by how near it is to the
 * time of its record.
 *
 * @param near how many rows have it within {@link #NEAR} of their record's time
 * @param span from the first to the last that was seen
 */
record EventTime(Sampled column, int near, Duration span) {

    static final Duration NEAR = Duration.ofDays(2);

    /** What events happen at; what follows it, an update or an expiry, is not when. */
    private static final Pattern HAPPENED =
            Pattern.compile("(.*_)?(event|occurred|happened|placed|ordered|created|issued|sent|clicked|booked|paid|ts)"
                    + "(_?(at|time|timestamp|ts|on|date))?|(event_?)?(time|timestamp|date)|.*_(at|ts|time)");

    private static final Pattern AFTERWARDS = Pattern.compile(
            "(.*_)?(updated|modified|changed|deleted|expires?|expiry|birth|due|valid|ends?)(_.*|day|date)?");

    /** Empty where no column will do. */
    static Optional<EventTime> of(SampledTable table) {
        List<EventTime> found = new ArrayList<>();
        for (Sampled column : table.columns()) {
            if (isTime(column.column().type()) && (table.rows().isEmpty() || column.isInEachRow())) {
                found.add(of(column, table));
            }
        }
        return found.stream()
                .filter(time -> time.rank() > 0)
                .max(Comparator.comparingInt(EventTime::rank).thenComparingInt(EventTime::near));
    }

    private static EventTime of(Sampled column, SampledTable table) {
        int place = table.schema().columns().indexOf(column.column());
        int near = 0;
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (SampledRow row : table.rows()) {
            Instant time = instant(row.values().get(place));
            near += row.time().isPresent()
                            && Duration.between(row.time().get(), time).abs().compareTo(NEAR) <= 0
                    ? 1
                    : 0;
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }
        return new EventTime(column, near, table.rows().isEmpty() ? Duration.ZERO : Duration.between(first, last));
    }

    private static boolean isTime(ColumnType type) {
        return type == ColumnType.Primitive.TIMESTAMP
                || type == ColumnType.Primitive.TIMESTAMPTZ
                || type == ColumnType.Primitive.DATE;
    }

    private static Instant instant(@Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        throw new IllegalStateException("our bug: a time that is none: " + value);
    }

    /** None below 1: a birthday is a date too. */
    private int rank() {
        String name = column.name().replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        if (AFTERWARDS.matcher(name).matches()) {
            return 0;
        }
        boolean mostlyNear = near * 2 > column.rows();
        return (HAPPENED.matcher(name).matches() ? 1 : 0) + (mostlyNear ? 2 : 0);
    }

    String sentence() {
        String what = "`" + column.name() + "` is a " + column.column().type();
        if (column.rows() == 0) {
            return what + " that is called as if it said when; there are no records to look at.";
        }
        return near > 0
                ? what + ", in " + column.share(near) + " records within 2 days of the record's own time."
                : what
                        + " in every record and is called as if it said when, though none is within 2 days of its record's own"
                        + " time: were they loaded from elsewhere?";
    }
}
