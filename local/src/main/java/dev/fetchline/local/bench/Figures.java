package dev.fetchline.local.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The arithmetic: from the marks of a run to its measures, and from the runs of a program to their medians.
final class Figures {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double KB_PER_MB = 1024;
    private static final double PART_99 = 0.99;

    private Figures() {}

    /// CPU of a URL between two moments of one process, in microseconds.
    static double cpuPerUrl(List<Mark> marks, Window window) {
        long micros = at(marks, window.to()).reading().cpuMicros()
                - at(marks, window.from()).reading().cpuMicros();
        return (double) micros / (window.to() - window.from());
    }

    /// The mark at which so many URLs were done.
    static Mark at(List<Mark> marks, int urls) {
        return marks.stream()
                .filter(mark -> mark.urls() == urls)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event ends at " + urls + " URLs"));
    }

    /// The sum over events of the time that answers alone take: as many rounds as the places need, each of one latency.
    static double idealMillis(Work work) {
        return work.events().stream()
                .mapToLong(urls -> (long) Math.ceilDiv(urls, work.inFlight()) * work.latencyMillis())
                .sum();
    }

    /// The value below or at which a part of all values lies (nearest rank).
    static long percentile(long[] values, double part) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    /// The middle value; of an even number the mean of the two in the middle.
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// What a run says, by the work's own questions.
    ///
    /// @param startedNanos when the process was started, on the JVM's own clock
    static Map<Measure, Double> of(Work work, long startedNanos, List<Mark> marks, Ledger ledger) {
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        Mark last = marks.getLast();
        if (work.early() != null) {
            figures.put(Measure.EARLY_CPU, cpuPerUrl(marks, work.early()));
        }
        if (work.steady() != null) {
            figures.put(Measure.STEADY_CPU, cpuPerUrl(marks, work.steady()));
        }
        if (work.coldUrls() > 0) {
            Mark cold = at(marks, work.coldUrls());
            figures.put(Measure.COLD_CPU, cold.reading().cpuMicros() / MICROS_PER_MILLI);
            figures.put(Measure.COLD_WALL, (cold.returnedNanos() - startedNanos) / NANOS_PER_MILLI);
        }
        double wall = (last.returnedNanos() - marks.getFirst().handedOutNanos()) / NANOS_PER_MILLI;
        figures.put(Measure.WALL, wall);
        if (work.stragglersFrom() >= 0) {
            putStragglers(figures, work, marks, ledger);
        } else if (work.latencyMillis() > 0) {
            double inEvents = marks.stream()
                    .mapToLong(mark -> mark.returnedNanos() - mark.handedOutNanos())
                    .sum();
            figures.put(Measure.WAIT_RATIO, inEvents / NANOS_PER_MILLI / idealMillis(work));
        }
        if (work.memoryFrom() > 0) {
            figures.put(
                    Measure.RSS_FIRST, at(marks, work.memoryFrom()).reading().residentKb() / KB_PER_MB);
            figures.put(Measure.RSS_LAST, last.reading().residentKb() / KB_PER_MB);
            figures.put(Measure.RSS_RATIO, figures.get(Measure.RSS_LAST) / figures.get(Measure.RSS_FIRST));
        }
        figures.put(Measure.RSS_MAX, last.reading().residentMaxKb() / KB_PER_MB);
        figures.put(Measure.RECORD_BYTES, (double) ledger.recordBytes());
        return figures;
    }

    /// The last event has the stragglers, the one before it is like it in all else.
    private static void putStragglers(Map<Measure, Double> figures, Work work, List<Mark> marks, Ledger ledger) {
        Mark without = marks.get(marks.size() - 2);
        Mark with = marks.getLast();
        double base = recordedWithin(work, without, ledger) / NANOS_PER_MILLI;
        double late = recordedWithin(work, with, ledger) / NANOS_PER_MILLI;
        figures.put(Measure.P99_BASE, base);
        figures.put(Measure.P99, late);
        figures.put(Measure.P99_RATIO, late / base);
        double returned = (with.returnedNanos() - with.handedOutNanos()) / NANOS_PER_MILLI;
        figures.put(Measure.RETURNED, returned);
        figures.put(Measure.RETURNED_RATIO, (returned - Work.STRAGGLER_MILLIS) / base);
    }

    private static long recordedWithin(Work work, Mark mark, Ledger ledger) {
        int urls = work.events().getLast();
        long[] took = new long[urls];
        for (int i = 0; i < urls; i++) {
            took[i] = ledger.recordedAt(mark.urls() - urls + i) - mark.handedOutNanos();
        }
        return percentile(took, PART_99);
    }
}
