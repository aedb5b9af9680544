package dev.fetchline.local.results;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of comma-separated values (RFC 4180), harmless for a spreadsheet.
public final class Csv {
    /// What spreadsheets take for the beginning of a formula
    /// (<https://owasp.org/www-community/attacks/CSV_Injection>); a full-width sign is one to some of them.
    private static final String FORMULA_BEGINNINGS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Csv() {}

    /// One line with its end.
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /// A text that a spreadsheet does not take for a formula: an apostrophe stands before what begins like one. All
    /// that
    /// comes from strangers goes through here: URLs, headers and tags are theirs to choose.
    public static String text(String value) {
        return !value.isEmpty() && FORMULA_BEGINNINGS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String quoted(String field) {
        boolean isPlain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }
}
