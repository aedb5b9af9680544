package dev.fetchline.retry;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.Choices;
import dev.fetchline.fuzz.FuzzTarget;
import dev.fetchline.retry.RetryAfter.Reading;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Retry-After headers. Dates are read a second time by patterns and a calendar of its own.
public final class RetryAfterTarget implements FuzzTarget {
    private static final List<Instant> NOWS = List.of(
            Instant.parse("2026-01-15T12:00:00Z"),
            Instant.parse("1994-11-06T08:49:00.250Z"),
            Instant.parse("2044-02-29T23:59:59Z"),
            Instant.parse("2099-12-31T23:59:59.999Z"));

    private static final List<Duration> MAXIMA =
            List.of(Duration.ofMinutes(15), Duration.ofMillis(1_500), Duration.ofDays(20_000), Duration.ZERO);

    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String MONTH = "(" + String.join("|", MONTHS) + ")";
    private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
    private static final Pattern IMF =
            Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d) " + MONTH + " (\\d{4}) " + TIME + " GMT");
    private static final Pattern RFC_850 =
            Pattern.compile("(" + String.join("|", DAYS) + "), (\\d\\d)-" + MONTH + "-(\\d\\d) " + TIME + " GMT");
    private static final Pattern ASCTIME =
            Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) " + MONTH + " ([ \\d]\\d) " + TIME + " (\\d{4})");

    /// What only the JDK's formatter takes besides: years of more digits, with a sign.
    private static final Pattern LONG_YEAR = Pattern.compile("[+-]\\d{4,}|\\d{5,}");

    private static final List<String> PIECES = List.of(
            "GMT",
            " GMT",
            "UTC",
            "+0000",
            "Mon",
            "Sunday",
            ", ",
            "-",
            ":",
            " ",
            "  ",
            "\t",
            "0",
            "00",
            "60",
            "59",
            "24",
            "29 Feb",
            "30 Feb",
            "31-Apr-",
            "Feb",
            "1999",
            "9999",
            "99999",
            "-0001",
            "99999999999",
            "\u0661",
            "+",
            ".5",
            "\u00A0",
            "\u0000");

    @Override
    public String generate(RandomGenerator random) {
        int now = random.nextInt(NOWS.size());
        int max = random.nextInt(MAXIMA.size());
        String choices = "" + now + max;
        if (random.nextInt(3) == 0) {
            return choices + seconds(random);
        }
        long at = NOWS.get(now).getEpochSecond()
                + (random.nextBoolean()
                        ? random.nextInt(-2_000, 2_000)
                        : random.nextLong(-3_000_000_000L, 4_000_000_000L));
        return choices + date(random.nextInt(3), at);
    }

    private static String seconds(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt(2_000));
            case 1 -> Long.toString(random.nextLong(0, 20_000_000_000L));
            case 2 -> " ".repeat(random.nextInt(3)) + random.nextInt(2_000) + "\t";
            case 3 -> "0".repeat(random.nextInt(13)) + random.nextInt(1_000);
            default -> Long.toUnsignedString(random.nextLong()) + random.nextInt(1_000);
        };
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public void check(String input) {
        Choices choices = new Choices(input);
        Instant now = NOWS.get(choices.below(NOWS.size()));
        Duration max = MAXIMA.get(choices.below(MAXIMA.size()));
        String header = choices.rest();
        RetryAfter read = RetryAfter.read(header, now, max);
        Broken.unlessEqual(read.header(), header, "the header is kept as it was sent");
        Broken.unless(
                !read.delay().isNegative() && read.delay().compareTo(max) <= 0,
                "the delay is from 0 to the maximum",
                read);
        Broken.unless(read.reading() != Reading.NOT_UNDERSTOOD || read.delay().isZero(), "nonsense says nothing", read);
        Broken.unless(
                read.reading() != Reading.CLAMPED || read.delay().equals(max), "what is clamped is the maximum", read);
        Broken.unlessEqual(RetryAfter.read(header, now, max), read, "the same header says the same");
        checkOf(header, now, max);
        Optional<Duration> asked = seconds(header.strip()).or(() -> date(header.strip(), now));
        if (asked.isPresent()) {
            checkAsked(read, asked.get(), max);
        } else {
            Broken.unless(
                    read.reading() == Reading.NOT_UNDERSTOOD || isLenient(header.strip()),
                    "what is neither seconds nor a date is not understood",
                    read);
        }
        roundTrips(input, now);
    }

    private static void checkAsked(RetryAfter read, Duration asked, Duration max) {
        boolean tooLong = asked.compareTo(max) > 0;
        Broken.unlessEqual(
                read.reading(), tooLong ? Reading.CLAMPED : Reading.AS_SAID, "seconds and dates are understood");
        Duration expected = tooLong ? max : asked.isNegative() ? Duration.ZERO : asked;
        Broken.unlessEqual(read.delay(), expected, "the delay is what was asked for");
    }

    private static void checkOf(String header, Instant now, Duration max) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(header)), (_, _) -> true);
        for (int status : new int[] {200, 301, 404, 428, 429, 430, 500, 502, 503, 504}) {
            Broken.unlessEqual(
                    RetryAfter.of(status, headers, now, max).isPresent(),
                    status == 429 || status == 503,
                    "only 429 and 503 name their time");
        }
    }

    /// A moment drawn from the input, written in all forms, is the moment that is read.
    private static void roundTrips(String input, Instant now) {
        long at = now.getEpochSecond() + input.hashCode() % 1_000_000L;
        Duration asked = Duration.between(now, Instant.ofEpochSecond(at));
        for (int form = 0; form < 3; form++) {
            RetryAfter read = RetryAfter.read(date(form, at), now, Duration.ofDays(10_000));
            Broken.unlessEqual(
                    read.delay(), asked.isNegative() ? Duration.ZERO : asked, "a date that was written is read");
        }
    }

    private static Optional<Duration> seconds(String value) {
        if (!value.matches("[0-9]+")) {
            return Optional.empty();
        }
        // The product may take any number of seconds past three centuries for another.
        BigInteger number = new BigInteger(value).min(BigInteger.valueOf(9_999_999_999L));
        return Optional.of(Duration.ofSeconds(number.longValue()));
    }

    private static Optional<Duration> date(String value, Instant now) {
        Matcher imf = IMF.matcher(value);
        if (imf.matches()) {
            return moment(imf.group(1), imf.group(4), imf.group(3), imf.group(2), imf, 5, now);
        }
        Matcher old = RFC_850.matcher(value);
        if (old.matches()) {
            return moment(old.group(1), fullYear(old.group(4), now), old.group(3), old.group(2), old, 5, now);
        }
        Matcher c = ASCTIME.matcher(value);
        return c.matches()
                ? moment(c.group(1), c.group(7), c.group(2), c.group(3).strip(), c, 4, now)
                : Optional.empty();
    }

    /// RFC 9110 section 5.6.7: not more than 50 years in the future.
    private static String fullYear(String twoDigits, Instant now) {
        int thisYear = (int) civilYear(Math.floorDiv(now.getEpochSecond(), 86_400L));
        int year = thisYear / 100 * 100 + Integer.parseInt(twoDigits) + 100;
        while (year > thisYear + 50) {
            year -= 100;
        }
        return Integer.toString(year);
    }

    private static Optional<Duration> moment(
            String weekday, String year, String month, String day, Matcher time, int at, Instant now) {
        int hours = Integer.parseInt(time.group(at));
        int minutes = Integer.parseInt(time.group(at + 1));
        int seconds = Integer.parseInt(time.group(at + 2));
        int y = Integer.parseInt(year);
        int m = MONTHS.indexOf(month) + 1;
        int d = Integer.parseInt(day);
        long days = daysSinceEpoch(y, m, d);
        boolean valid = hours < 24
                && minutes < 60
                && seconds < 60
                && d >= 1
                && d <= monthLength(y, m)
                && DAYS.get((int) Math.floorMod(days + 3, 7L)).startsWith(weekday);
        if (!valid) {
            return Optional.empty();
        }
        long asked = (days * 86_400 + hours * 3_600L + minutes * 60L + seconds) * 1_000 - now.toEpochMilli();
        return Optional.of(Duration.ofMillis(asked));
    }

    /// Also taken, harmlessly: years of more or less than the calendar has, and the 29th to 31st of a
    /// shorter month,
    /// which is its last day.
    private static boolean isLenient(String value) {
        return LONG_YEAR.matcher(value).find()
                || value.matches("(?s).*(29|30|31).(Feb|Apr|Jun|Sep|Nov).*")
                || value.matches("(?s).*(Feb|Apr|Jun|Sep|Nov) (29|30|31).*");
    }

    private static String date(int form, long epochSecond) {
        long days = Math.floorDiv(epochSecond, 86_400L);
        int rest = (int) Math.floorMod(epochSecond, 86_400L);
        long year = civilYear(days);
        int month = 12;
        while (daysSinceEpoch(year, month, 1) > days) {
            month--;
        }
        long day = days - daysSinceEpoch(year, month, 1) + 1;
        String weekday = DAYS.get((int) Math.floorMod(days + 3, 7L));
        String name = MONTHS.get(month - 1);
        String time = "%02d:%02d:%02d".formatted(rest / 3_600, rest / 60 % 60, rest % 60);
        return switch (form) {
            case 0 -> "%s, %02d %s %04d %s GMT".formatted(weekday.substring(0, 3), day, name, year, time);
            case 1 -> "%s, %02d-%s-%02d %s GMT".formatted(weekday, day, name, year % 100, time);
            default -> "%s %s %2d %s %04d".formatted(weekday.substring(0, 3), name, day, time, year);
        };
    }

    private static long civilYear(long days) {
        long year = 1970 + Math.floorDiv(days, days < 0 ? 365L : 366L) - 1;
        while (daysSinceEpoch(year + 1, 1, 1) <= days) {
            year++;
        }
        return year;
    }

    private static long daysSinceEpoch(long year, int month, int day) {
        long before = year - 1;
        long days =
                before * 365 + Math.floorDiv(before, 4L) - Math.floorDiv(before, 100L) + Math.floorDiv(before, 400L);
        for (int m = 1; m < month; m++) {
            days += monthLength(year, m);
        }
        return days + day - 719_163;
    }

    private static int monthLength(long year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return switch (month) {
            case 2 -> leap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }
}
