package dev.fetchline.local.watch;

import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A watched batch in words: several lines for a terminal, one for a log, an object for a program.
///
/// @param batchId of the whole
public record WatchScreen(String batchId) {
    private static final int HOSTS = 3;

    /// The share that is done, 0 to 1; 0 where the total is not known.
    public static double share(BatchProgress progress) {
        OptionalLong total = progress.total();
        return total.isEmpty() || total.getAsLong() == 0 ? 0 : (double) progress.done() / total.getAsLong();
    }

    /// For a terminal.
    ///
    /// @param bar of [#share]
    public List<String> lines(BatchWatch watch, String bar, Instant now) {
        BatchProgress progress = watch.progress();
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s  %s".formatted(batchId, bar, speed(progress, now)));
        lines.add("  records     " + statuses(progress) + tries(progress, now));
        lines.add("  queue       " + queue(watch.queue())
                + ", %,d on the dead-letter queue".formatted(watch.deadLetters()));
        List<Map.Entry<String, HostTime>> hosts = progress.slowestHosts(HOSTS);
        if (!hosts.isEmpty()) {
            lines.add("  slow hosts  "
                    + hosts.stream()
                            .map(host -> String.format(
                                    Locale.ROOT, "%s %,.0f ms", host.getKey(), BatchProgress.meanMs(host.getValue())))
                            .collect(Collectors.joining(", ")));
        }
        lines.add("  spent       " + watch.spent().text());
        return lines;
    }

    /// For a log.
    public String line(BatchWatch watch, Instant now) {
        BatchProgress progress = watch.progress();
        return "%s %s: %s; %s%s; queue %s, %,d dead letters"
                .formatted(
                        now.truncatedTo(ChronoUnit.SECONDS),
                        batchId,
                        speed(progress, now),
                        statuses(progress),
                        tries(progress, now),
                        queue(watch.queue()),
                        watch.deadLetters());
    }

    private static String speed(BatchProgress progress, Instant now) {
        String done = progress.total().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%,d of %,d (%.1f%%)",
                        progress.done(),
                        progress.total().getAsLong(),
                        Math.floor(share(progress) * 1000) / 10)
                : String.format(Locale.ROOT, "%,d final", progress.done());
        String sending = progress.head().filter(head -> !head.isSent()).isPresent()
                ? String.format(Locale.ROOT, ", %,d sent", progress.head().get().sent())
                : "";
        String rate = progress.rate(now).isPresent()
                ? String.format(
                        Locale.ROOT, ", %,.1f URLs/s", progress.rate(now).getAsDouble())
                : "";
        return done
                + sending
                + rate
                + progress.timeLeft(now)
                        .map(left -> ", about " + text(left) + " left")
                        .orElse("");
    }

    private static String statuses(BatchProgress progress) {
        Map<String, Long> counts = progress.byStatus();
        return counts.isEmpty()
                ? "none yet"
                : counts.entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private static String tries(BatchProgress progress, Instant now) {
        OptionalLong retrying = progress.retrying();
        String next = progress.nextAttemptAt(now)
                .map(at -> ", next in " + text(Duration.between(now, at)))
                .orElse("");
        if (retrying.isPresent() && retrying.getAsLong() > 0) {
            return String.format(Locale.ROOT, "; %,d retrying", retrying.getAsLong()) + next;
        }
        return progress.deferred() == 0 || next.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "; put back %,d times", progress.deferred()) + next;
    }

    private static String queue(QueueCounts counts) {
        return String.format(
                Locale.ROOT,
                "%,d waiting, %,d in flight, %,d delayed",
                counts.visible(),
                counts.inFlight(),
                counts.delayed());
    }

    /// Such as `45 s`, `3 min` or `2 h 5 min`.
    static String text(Duration time) {
        long seconds = Math.max(0, (time.toMillis() + 500) / 1000);
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /// For a program: one object, its names fixed.
    ///
    /// @param state `GOING`, `FINISHED` or `STANDS_STILL`
    public String json(BatchWatch watch, String state, Instant now) {
        BatchProgress progress = watch.progress();
        StringBuilder json = new StringBuilder("{\"at\":\"").append(now).append("\",\"batchId\":\"");
        json.append(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(batchId));
        json.append("\",\"state\":\"").append(state).append("\",\"total\":");
        json.append(progress.total().isPresent() ? progress.total().getAsLong() : "null");
        json.append(",\"done\":").append(progress.done()).append(",\"byStatus\":{");
        json.append(progress.byStatus().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",")));
        json.append("},\"exact\":").append(progress.isByStatusExact()).append(",\"deferred\":");
        json.append(progress.deferred()).append(",\"nextAttemptAt\":");
        json.append(progress.nextAttemptAt(now).map(at -> "\"" + at + "\"").orElse("null"));
        json.append(",\"urlsPerSecond\":");
        json.append(
                progress.rate(now).isPresent()
                        ? String.format(Locale.ROOT, "%.2f", progress.rate(now).getAsDouble())
                        : "null");
        json.append(",\"secondsLeft\":")
                .append(progress.timeLeft(now)
                        .map(left -> Long.toString(left.toSeconds()))
                        .orElse("null"));
        QueueCounts queue = watch.queue();
        json.append(",\"queue\":{\"visible\":").append(queue.visible());
        json.append(",\"inFlight\":").append(queue.inFlight());
        json.append(",\"delayed\":").append(queue.delayed());
        json.append("},\"deadLetters\":").append(watch.deadLetters());
        json.append(",\"usd\":")
                .append(String.format(Locale.ROOT, "%.6f", watch.spent().usd()));
        return json.append('}').toString();
    }

    /// The last words.
    public List<String> summary(BatchWatch watch, BatchWatch.Ending ending) {
        BatchProgress progress = watch.progress();
        List<String> lines = new ArrayList<>();
        lines.add("records    %,d".formatted(progress.done()) + inParentheses(statuses(progress)));
        if (ending == BatchWatch.Ending.STANDS_STILL) {
            lines.add("missing    %,d have no final record, and nothing moves any more".formatted(progress.missing()));
        }
        if (progress.hasRows()) {
            lines.add("retries    %,d attempts beyond the first".formatted(progress.retries()));
            lines.add("bytes      %,d decoded".formatted(progress.bytes()));
        }
        lines.add("spent      " + watch.spent().text());
        return lines;
    }

    private static String inParentheses(String text) {
        return " (" + text + ")";
    }
}
