package dev.fetchline.local.cli;

import dev.fetchline.local.results.Csv;
import dev.fetchline.local.results.HostFigures;
import dev.fetchline.local.results.HostTable;
import dev.fetchline.local.results.HostTable.Order;
import dev.fetchline.local.results.HostTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The hosts of a batch as text.
///
/// @param rows in their order
record HostLines(List<Row> rows) {
    private static final String FORMAT = "%9s  %6s  %8s  %8s  %7s  %7s  %15s  %7s  ";
    private static final int BAR_COLUMNS = 12;
    private static final int HOST_COLUMNS_MIN = 20;

    static HostLines of(HostTable table, Order order) {
        return new HostLines(Stream.concat(table.rows(order).stream(), Stream.ofNullable(table.others()))
                .toList());
    }

    /// For a person.
    ///
    /// @param bars of what rows are sorted by; drawn where there is a terminal
    List<String> table(Order order, Bars bars, int width, boolean withBars) {
        double most = rows.stream()
                .mapToDouble(row -> order.valueOf(row.figures()))
                .max()
                .orElse(0);
        String bar = withBars ? "%-" + BAR_COLUMNS + "s  " : "%s";
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT.formatted("URLS", "OK", "P50 MS", "P95 MS", "429", "RETRIES", "BYTES", "REFUSED")
                + bar.formatted(withBars ? order.label().toUpperCase(Locale.ROOT) : "")
                + "HOST");
        for (Row row : rows) {
            HostFigures its = row.figures();
            double share = most == 0 ? 0 : order.valueOf(its) / most;
            String start = FORMAT.formatted(
                            number(its.urls()),
                            percent(its.okShare()),
                            its.isTimed() ? number(its.percentileMs(50)) : "-",
                            its.isTimed() ? number(its.percentileMs(95)) : "-",
                            number(its.tooMany()),
                            number(its.retries()),
                            number(its.bytes()),
                            number(its.refused()))
                    + bar.formatted(withBars ? bars.of(share, BAR_COLUMNS) : "");
            lines.add(start + PrintableText.cut(row.host(), Math.max(HOST_COLUMNS_MIN, width - start.length())));
        }
        return lines;
    }

    /// With a line of names before them; each with its line end.
    List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add(Csv.line(List.of(
                "host", "urls", "ok", "okShare", "p50Ms", "p95Ms", "status429", "retries", "bytes", "refused")));
        rows.forEach(row ->
                lines.add(Csv.line(Stream.concat(Stream.of(Csv.text(row.host())), values(row.figures(), "").stream())
                        .toList())));
        return lines;
    }

    /// Each with its line end.
    List<String> json() {
        return rows.stream()
                .map(row -> {
                    List<String> values = values(row.figures(), "null");
                    return """
                            {"host":"%s","urls":%s,"ok":%s,"okShare":%s,"p50Ms":%s,"p95Ms":%s,"status429":%s,"retries":%s,\
                            "bytes":%s,"refused":%s}
                            """.formatted(Stream.concat(Stream.of(escaped(row.host())), values.stream())
                            .toArray());
                })
                .toList();
    }

    private static String escaped(String host) {
        return String.valueOf(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(host));
    }

    /// @param none what stands for the times of a host that no attempt was made at
    private static List<String> values(HostFigures its, String none) {
        return Stream.of(
                        its.urls(),
                        its.ok(),
                        String.format(Locale.ROOT, "%.4f", its.okShare()),
                        its.isTimed() ? its.percentileMs(50) : none,
                        its.isTimed() ? its.percentileMs(95) : none,
                        its.tooMany(),
                        its.retries(),
                        its.bytes(),
                        its.refused())
                .map(Object::toString)
                .toList();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Never 100 % while one is missing.
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.floor(share * 1000) / 10);
    }
}
