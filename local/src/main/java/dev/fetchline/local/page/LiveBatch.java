package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.watch.BatchProgress;
import dev.fetchline.local.watch.StackBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far a batch is, kept between looks: a look reads only the rows of progress that have come since.
final class LiveBatch {
    /// A row's time is that of its invocation's end, and it can appear later than one with a later time.
    private static final Duration LATE_MAX = Duration.ofSeconds(30);

    /// Several tabs, or several answers for one look, need not ask the table each.
    private static final Duration FRESH_FOR = Duration.ofMillis(900);

    /// Of one look, each of some thousand records.
    private static final int PARTS_READ_MAX = 4;

    private static final int HOSTS_SHOWN = 10;

    private final String batchId;
    private final BatchProgress progress;
    private final SpeedChart chart = new SpeedChart();
    private final LongSupplier nanoTime;
    private @Nullable Long readAt;

    LiveBatch(String batchId, LongSupplier nanoTime) {
        this.batchId = batchId;
        this.nanoTime = nanoTime;
        progress = new BatchProgress(new BatchParts(batchId, 0), Optional.empty());
    }

    /// Reads what is new, unless that was done just now.
    synchronized void read(Target target, ReadCount count) {
        if (readAt != null && nanoTime.getAsLong() - readAt < FRESH_FOR.toNanos()) {
            return;
        }
        TableReader reader = new TableReader(target.dynamoDb());
        StackBatch batch = new StackBatch(target, reader, batchId, 0, 0);
        if (!progress.head().map(BatchHead::isSent).orElse(false)) {
            batch.head().ifPresent(progress::see);
            count.addUnits(1);
        }
        List<ProgressRow> rows = batch.rowsAfter(progress.rowsAfter(LATE_MAX));
        progress.see(rows);
        chart.add(rows, LATE_MAX);
        if (!target.isBilled()) {
            readParts(batch);
        }
        count.addUnits(reader.readUnits());
        readAt = nanoTime.getAsLong();
    }

    /// Once all URLs were done, parts are read of which rows do not tell each URL once: some were sent again.
    private void readParts(StackBatch batch) {
        if (progress.isAllCounted() && !progress.isByStatusExact()) {
            Stream.concat(progress.open().stream(), progress.parts().names().stream())
                    .distinct()
                    .filter(part -> !progress.wasRead(part))
                    .limit(PARTS_READ_MAX)
                    .toList()
                    .forEach(part -> progress.see(part, batch.read(part), Instant.now()));
        }
    }

    /// Whether its head was never asked for.
    synchronized boolean isUnread() {
        return progress.head().isEmpty() && readAt == null;
    }

    /// Known from the list of heads, which need not be read again.
    synchronized void know(BatchHead known) {
        progress.see(known);
    }

    /// How the batch is split, as far as is known.
    synchronized BatchParts parts() {
        return progress.parts();
    }

    synchronized void writeTo(JsonGenerator json, Instant now) throws IOException {
        json.writeStringField("batchId", batchId);
        if (progress.head().isPresent()) {
            writeHead(json, progress.head().get());
        }
        if (progress.hasRows()) {
            writeProgress(json, now);
        }
    }

    private static void writeHead(JsonGenerator json, BatchHead head) throws IOException {
        json.writeObjectFieldStart("head");
        json.writeStringField("submittedAt", head.submittedAt().toString());
        json.writeBooleanField("isSent", head.isSent());
        json.writeNumberField("urls", head.urls());
        json.writeNumberField("sent", head.sent());
        json.writeNumberField("messages", head.messages());
        json.writeNumberField("parts", head.parts());
        if (head.tag().isPresent()) {
            json.writeStringField("tag", head.tag().get());
        }
        json.writeEndObject();
    }

    private void writeProgress(JsonGenerator json, Instant now) throws IOException {
        Map<String, Long> counts = progress.byStatus();
        json.writeObjectFieldStart("progress");
        json.writeObjectFieldStart("counts");
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        // Without a head nobody said which parts there are.
        json.writeNumberField(
                "done",
                progress.head().isPresent()
                        ? progress.done()
                        : counts.values().stream().mapToLong(Long::longValue).sum());
        json.writeBooleanField("isExact", progress.isByStatusExact());
        json.writeNumberField("deferred", progress.deferred());
        json.writeNumberField("bytes", progress.bytes());
        json.writeNumberField("retries", progress.retries());
        json.writeNumberField("perSecond", progress.rate(now).orElse(0));
        Optional<Instant> next = progress.nextAttemptAt(now);
        if (next.isPresent()) {
            json.writeStringField("nextAttemptAt", next.get().toString());
        }
        chart.writeTo(json);
        writeHosts(json);
        json.writeEndObject();
    }

    private void writeHosts(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("slowest");
        for (Map.Entry<String, HostTime> host : progress.slowestHosts(HOSTS_SHOWN)) {
            json.writeStartObject();
            json.writeStringField("host", host.getKey());
            json.writeNumberField("urls", host.getValue().urls());
            json.writeNumberField("meanMs", Math.round(BatchProgress.meanMs(host.getValue())));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
