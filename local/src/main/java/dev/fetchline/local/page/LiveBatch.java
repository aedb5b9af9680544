package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.TableReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/// How far a batch is, kept between looks: a look reads only the rows of progress that have come since.
final class LiveBatch {
    /// A row's time is that of its invocation's end, and it can appear later than one with a later time.
    private static final Duration LATE_MAX = Duration.ofSeconds(30);

    /// Several tabs, or several answers for one look, need not ask the table each.
    private static final Duration FRESH_FOR = Duration.ofMillis(900);

    private final String batchId;
    private final ProgressSum progress = new ProgressSum();
    private final LongSupplier nanoTime;
    private Optional<BatchHead> head = Optional.empty();
    private @Nullable Long readAt;

    LiveBatch(String batchId, LongSupplier nanoTime) {
        this.batchId = batchId;
        this.nanoTime = nanoTime;
    }

    /// Reads what is new, unless that was done just now.
    synchronized void read(DynamoDbAsyncClient client, String table, ReadCount count) {
        if (readAt != null && nanoTime.getAsLong() - readAt < FRESH_FOR.toNanos()) {
            return;
        }
        BatchesTable batches = new BatchesTable(client, table);
        if (!head.map(BatchHead::isSent).orElse(false)) {
            head = batches.head(batchId);
            count.addUnits(1);
        }
        TableReader reader = new TableReader(client);
        for (ProgressRow row : batches.progress(reader, batchId, progress.entryBefore(LATE_MAX))) {
            progress.add(row, LATE_MAX);
        }
        count.addUnits(reader.readUnits());
        readAt = nanoTime.getAsLong();
    }

    /// Whether its head was never asked for.
    synchronized boolean isUnread() {
        return head.isEmpty() && readAt == null;
    }

    /// Known from the list of heads, which need not be read again.
    synchronized void know(BatchHead known) {
        head = Optional.of(known);
    }

    /// How the batch is split, as far as is known.
    synchronized BatchParts parts() {
        return head.map(BatchHead::split).orElseGet(() -> new BatchParts(batchId, 0));
    }

    synchronized void writeTo(JsonGenerator json, Instant now) throws IOException {
        json.writeStringField("batchId", batchId);
        if (head.isPresent()) {
            writeHead(json, head.get());
        }
        if (!progress.isEmpty()) {
            json.writeObjectFieldStart("progress");
            progress.writeTo(json, now);
            json.writeBooleanField(
                    "isExact",
                    head.map(it -> !it.keys().isEmpty() && it.keys().equals(progress.finals()))
                            .orElse(false));
            json.writeEndObject();
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
}
