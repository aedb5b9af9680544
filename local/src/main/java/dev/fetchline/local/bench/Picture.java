package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// CPU time a URL as bars: a block for each work and window, a bar for each program, each block to its own scale, since
/// a new TLS connection costs thirty times a kept one.
final class Picture {
    private static final int WIDTH = 720;
    private static final int LABELS = 150;
    private static final int FIGURES = 90;
    private static final int BAR = 16;
    private static final int GAP = 6;
    private static final int TITLE = 30;
    private static final int MARGIN = 16;

    private static final Map<String, String> COLOURS = Map.of(
            "fetchline", "#1f6feb",
            "fetchline-bodies", "#79a8f2",
            "aiohttp", "#e3a008",
            "go", "#0e9f9f",
            "bare", "#8b8f98");

    private final List<WorkResult> works;

    Picture(List<WorkResult> works) {
        this.works = List.copyOf(works);
    }

    private record Bar(String program, double figure) {}

    String svg() {
        List<String> parts = new ArrayList<>();
        int y = MARGIN;
        for (WorkResult work : works) {
            for (Measure measure : List.of(Measure.EARLY_CPU, Measure.STEADY_CPU)) {
                List<Bar> bars = bars(work, measure);
                if (!bars.isEmpty()) {
                    y = block(parts, y, work.work() + ", " + (measure == Measure.EARLY_CPU ? "early" : "steady"), bars);
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">
                <title>CPU time a URL in microseconds, by work and program; shorter is better</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s
                </svg>
                """.formatted(WIDTH, y, String.join("\n", parts));
    }

    private static List<Bar> bars(WorkResult work, Measure measure) {
        return work.rows().stream()
                .filter(row -> row.medians().containsKey(measure))
                .map(row -> new Bar(row.program(), row.medians().getOrDefault(measure, 0.0)))
                .toList();
    }

    private static int block(List<String> parts, int top, String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::figure).max().orElse(1);
        int y = top + TITLE - 2 * GAP;
        parts.add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"#24292f\">%s, CPU µs a URL</text>"
                .formatted(MARGIN, y, title));
        y += GAP;
        for (Bar bar : bars) {
            long length = Math.max(1, Math.round(bar.figure() / most * (WIDTH - LABELS - FIGURES - MARGIN)));
            int middle = y + BAR - GAP / 2;
            parts.add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#24292f\">%s</text>"
                    .formatted(LABELS - GAP, middle, bar.program()));
            parts.add("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                    .formatted(LABELS, y, length, BAR, COLOURS.getOrDefault(bar.program(), "#555555")));
            parts.add("<text x=\"%d\" y=\"%d\" fill=\"#24292f\">%,.0f</text>"
                    .formatted(LABELS + length + GAP, middle, bar.figure()));
            y += BAR + GAP;
        }
        return y + MARGIN;
    }
}
