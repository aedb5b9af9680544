package dev.fetchline.retry;

import java.net.http.HttpHeaders;
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

/// What a Retry-After header says (RFC 9110 section 10.2.3): seconds, or one of the three HTTP date forms
/// (section 5.6.7).
///
/// @param header as it was sent
/// @param delay from when it was read; zero where it could not be read
/// @param reading how it was taken
public record RetryAfter(String header, Duration delay, Reading reading) {
    /// How a header was taken.
    public enum Reading {
        /// The wait is the server's own.
        AS_SAID,
        /// The server asked for longer than we wait.
        CLAMPED,
        /// Neither a number of seconds nor a date.
        NOT_UNDERSTOOD
    }

    /// Ten digits are three centuries; more is nonsense and would overflow.
    private static final int DIGITS_MAX = 10;

    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US);

    /// A year of two digits is at most 50 years in the future (RFC 9110 section 5.6.7).
    private static final int YEARS_AHEAD_MAX = 50;

    /// The header of a response that names its time: a 429 (RFC 6585 section 4) or 503 (RFC 9110 section
    /// 10.2.3); empty for every other one, where it is no promise to be ready then.
    ///
    /// @param now when the response came, for a date
    /// @param max the longest wait
    public static Optional<RetryAfter> of(int status, HttpHeaders headers, Instant now, Duration max) {
        return status == 429 || status == 503
                ? headers.firstValue("retry-after").map(header -> read(header, now, max))
                : Optional.empty();
    }

    static RetryAfter read(String header, Instant now, Duration max) {
        String value = header.strip();
        return seconds(value)
                .or(() -> untilDate(value, now))
                .map(asked -> asked.compareTo(max) > 0
                        ? new RetryAfter(header, max, Reading.CLAMPED)
                        : new RetryAfter(header, asked.isNegative() ? Duration.ZERO : asked, Reading.AS_SAID))
                .orElseGet(() -> new RetryAfter(header, Duration.ZERO, Reading.NOT_UNDERSTOOD));
    }

    private static Optional<Duration> seconds(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int zeros = 0;
        while (zeros < value.length() - 1 && value.charAt(zeros) == '0') {
            zeros++;
        }
        String digits = value.substring(zeros);
        return Optional.of(
                Duration.ofSeconds(digits.length() > DIGITS_MAX ? Integer.MAX_VALUE : Long.parseLong(digits)));
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        for (DateTimeFormatter form : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
            try {
                Instant date = LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC);
                return Optional.of(Duration.between(now, date).truncatedTo(ChronoUnit.MILLIS));
            } catch (DateTimeException notThisForm) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int latest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD_MAX;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
