package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Renders records for a person: a line each, and a second one that says why where something went wrong.
///
/// @param columns the terminal's width; no line is longer
record RecordTable(int columns) {
    private static final String FORMAT = "%-10s  %4s  %7s  %11s  %5s  ";
    private static final int URL_COLUMN = FORMAT.formatted("", "", "", "", "").length();

    private static final String WHY_INDENT = "    ";

    /// A narrower terminal wraps; a URL of a few characters would be of no use either.
    private static final int URL_COLUMNS_MIN = 20;

    /// The heading and the lines of all records.
    List<String> linesOf(List<FetchRecord> records) {
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        records.forEach(fetched -> lines.addAll(linesOf(fetched)));
        return lines;
    }

    static String heading() {
        return FORMAT.formatted("STATUS", "HTTP", "MS", "BYTES", "TRIES") + "URL";
    }

    /// One record's line, and the one that says why.
    List<String> linesOf(FetchRecord fetched) {
        String why = whyOf(fetched);
        return why == null
                ? List.of(lineOf(fetched))
                : List.of(
                        lineOf(fetched),
                        WHY_INDENT + PrintableText.cut(why, Math.max(URL_COLUMNS_MIN, columns - WHY_INDENT.length())));
    }

    private String lineOf(FetchRecord fetched) {
        return FORMAT.formatted(
                        PrintableText.cut(fetched.status(), 10),
                        number(fetched, "httpStatus"),
                        number(fetched, "durationMs"),
                        number(fetched, "bodyBytes"),
                        number(fetched, "attempts"))
                + PrintableText.cut(fetched.shownUrl(), urlColumns());
    }

    private static @Nullable String whyOf(FetchRecord fetched) {
        String error = fetched.error();
        if (error != null) {
            return error;
        }
        String truncated = fetched.text("truncated");
        return truncated == null ? null : "body cut: " + truncated;
    }

    private static String number(FetchRecord fetched, String name) {
        Long value = fetched.number(name);
        if (value == null) {
            return "-";
        }
        return name.equals("httpStatus") ? value.toString() : String.format(Locale.ROOT, "%,d", value);
    }

    private int urlColumns() {
        return Math.max(URL_COLUMNS_MIN, columns - URL_COLUMN);
    }
}
