package dev.fetchline.local.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations as people write them: `10` and `10s` are seconds, `1500ms` milliseconds, `2m` minutes.
final class DurationText implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,7}(?:[.][0-9]{1,3})?)(ms|s|m|)");

    @Override
    public Duration convert(String text) {
        return parse(text);
    }

    /// @throws TypeConversionException with what was expected
    static Duration parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw wrong(text);
        }
        int unitMillis = switch (parts.group(2)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            default -> 1_000;
        };
        long millis = new BigDecimal(parts.group(1))
                .multiply(BigDecimal.valueOf(unitMillis))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
        if (millis < 1) {
            throw wrong(text);
        }
        return Duration.ofMillis(millis);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + PrintableText.of(text)
                + "' is no duration: write a number above zero and ms, s or m, such as 1500ms or 10s; without a unit it"
                + " is seconds");
    }
}
