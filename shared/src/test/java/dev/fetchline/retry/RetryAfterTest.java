package dev.fetchline.retry;

import static dev.fetchline.retry.RetryAfter.Reading.AS_SAID;
import static dev.fetchline.retry.RetryAfter.Reading.CLAMPED;
import static dev.fetchline.retry.RetryAfter.Reading.NOT_UNDERSTOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Duration MAX = Duration.ofMinutes(15);
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "1 | 1",
                " 120  | 120",
                "900 | 900",
                "901 | 900",
                "99999999999999999999999 | 900",
                "00000000000005 | 5",
                "Sun, 06 Nov 1994 08:49:37 GMT | 37",
                "Sunday, 06-Nov-94 08:49:37 GMT | 37",
                "Sun Nov  6 08:49:37 1994 | 37",
                "Sun, 06 Nov 1994 08:48:37 GMT | 0",
                "Sun, 06 Nov 2044 08:49:37 GMT | 900"
            })
    void reads_seconds_and_all_three_date_forms(String header, int seconds) {
        RetryAfter read = RetryAfter.read(header, NOW, MAX);
        assertThat(read.delay()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(read.reading()).isEqualTo(seconds == 900 && !header.equals("900") ? CLAMPED : AS_SAID);
        assertThat(read.header()).isEqualTo(header);
    }

    /// RFC 9110 section 5.6.7.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T00:00:00Z | Wednesday, 01-Jan-76 00:00:00 GMT | 900",
                "2026-01-01T00:00:00Z | Saturday, 01-Jan-77 00:00:00 GMT | 0",
                "2080-01-01T00:00:00Z | Monday, 01-Jan-80 00:01:00 GMT | 60"
            })
    void a_year_of_two_digits_is_at_most_fifty_years_ahead(Instant now, String header, int seconds) {
        assertThat(RetryAfter.read(header, now, MAX).delay()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "1e3", "١٢", "+5", "0x10", "Sun, 06 Nov 1994", "12 seconds"})
    void nonsense_says_nothing_and_is_told(String header) {
        assertThat(RetryAfter.read(header, NOW, MAX)).isEqualTo(new RetryAfter(header, Duration.ZERO, NOT_UNDERSTOOD));
    }
}
