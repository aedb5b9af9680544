package dev.fetchline.local.cost;

import java.util.Locale;

/// Numbers as a person reads them.
final class Figures {
    private Figures() {}

    /// Dollars: cents where there are some, else as many digits as it takes to see something.
    static String usd(double amount) {
        if (amount == 0) {
            return "-";
        }
        return format(amount >= 1 ? "%,.2f" : "%,.4f", amount);
    }

    /// A time in the unit that fits.
    static String time(double seconds) {
        if (seconds < 120) {
            return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        if (seconds < 7_200) {
            return format("%.0f min", seconds / 60);
        }
        return seconds < 172_800 ? format("%.0f h", seconds / 3_600) : format("%.0f days", seconds / 86_400);
    }

    static String whole(long number) {
        return format("%,.0f", (double) number);
    }

    static String whole(double number) {
        return format("%,.0f", number);
    }

    /// Without digits that say nothing.
    static String plain(double number) {
        return number == Math.rint(number)
                ? whole(number)
                : format("%,.2f", number).replaceFirst("0$", "");
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
