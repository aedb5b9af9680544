package dev.fetchline.local.table;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Numbers as DynamoDB stores them: 38 significant digits, and one spelling for each.
final class Numbers {
    private static final int DIGITS_MAX = 38;
    private static final int EXPONENT_MAX = 125;
    private static final int EXPONENT_MIN = -130;
    private static final Pattern PLAIN = Pattern.compile("-?[1-9][0-9]{0,17}|0");

    private Numbers() {}

    /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException where it is no number, or one too long
    static String normal(String text) {
        return PLAIN.matcher(text).matches() ? text : parse(text);
    }

    private static String parse(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException _) {
            throw TableErrors.validation("The parameter cannot be converted to a numeric value: " + text);
        }
        if (number.precision() > DIGITS_MAX) {
            throw TableErrors.validation("Attempting to store more than 38 significant digits in a Number");
        }
        int exponent = number.precision() - number.scale() - 1;
        if (number.signum() != 0 && exponent > EXPONENT_MAX) {
            throw TableErrors.validation(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (number.signum() != 0 && exponent < EXPONENT_MIN) {
            throw TableErrors.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        return number.toPlainString();
    }
}
