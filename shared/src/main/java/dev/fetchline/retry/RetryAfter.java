package dev.fetchline.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the Retry-After header (RFC 9110 section 10.2.3): seconds, or one of the three HTTP date forms (section
/// 5.6.7).
final class RetryAfter {
    /// A server that asks for longer is asked again after this: the longest delay that one SQS message can have.
    static final Duration MAX = Duration.ofMinutes(15);

    /// Ten digits are three centuries; more is nonsense and would overflow.
    private static final int DIGITS_MAX = 10;

    private static final List<DateTimeFormatter> DATE_FORMS = List.of(
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US));

    private RetryAfter() {}

    /// How long to wait from `now`: 0 to [#MAX]; empty where the header is missing or neither form.
    static Optional<Duration> read(Optional<String> header, Instant now) {
        return header.map(String::strip).flatMap(value -> seconds(value).or(() -> untilDate(value, now)));
    }

    private static Optional<Duration> seconds(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(value.length() > DIGITS_MAX ? MAX : clamp(Duration.ofSeconds(Long.parseLong(value))));
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        for (DateTimeFormatter form : DATE_FORMS) {
            try {
                Instant date = LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC);
                return Optional.of(clamp(Duration.between(now, date).truncatedTo(ChronoUnit.MILLIS)));
            } catch (DateTimeException notThisForm) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static Duration clamp(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
