package dev.fetchline.local.page;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.stack.Calls;
import dev.fetchline.local.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page's script can ask for. All of it is looking: nothing changes the stack.
final class PageApi {
    /// Batches of which the progress is kept between looks.
    private static final int LIVE_MAX = 100;

    /// Heads whose progress the list shows: each costs a query.
    private static final int LISTED_LIVE_MAX = 20;

    private static final Duration POLL = Duration.ofMillis(1_500);
    private static final Duration POLL_WHERE_BILLED = Duration.ofSeconds(5);

    private static final Duration FOUND_HOLDS_A_BATCH = Duration.ofMillis(50);

    private BatchList.@Nullable Found found;
    private long foundAt;

    private final Target target;
    private final ReadCount count = new ReadCount();
    private final BatchReader reader;
    private final OneRecord oneRecord;
    private final Map<String, LiveBatch> live = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveBatch> eldest) {
            return size() > LIVE_MAX;
        }
    };

    PageApi(Target target) {
        this.target = target;
        reader = new BatchReader(target.dynamoDb(), target.table(), count);
        oneRecord = new OneRecord(target.dynamoDb(), target.table(), count);
    }

    PageAnswer answer(PageRequest request) {
        return switch (request.path()) {
            case "api/status" -> status();
            case "api/batches" -> batches();
            case "api/batch" -> batch(request.required("batch"));
            case "api/records" -> {
                BatchParts parts = parts(request.required("batch"));
                Cursor from = Cursor.parse(request.parameter("cursor"), Math.max(1, parts.count()));
                yield new RecordList(reader)
                        .page(parts, RecordFilter.of(request), from, request.number("rows", RecordList.ROWS_MAX));
            }
            case "api/tally" -> {
                BatchParts parts = parts(request.required("batch"));
                yield new HostTally(reader)
                        .some(parts, Cursor.parse(request.parameter("cursor"), Math.max(1, parts.count())));
            }
            case "api/record" -> oneRecord.attributes(request);
            case "api/dead-letters" -> new DeadLetters(target).some();
            case "body" -> oneRecord.body(request);
            default -> throw PageException.notFound("There is nothing at this address.");
        };
    }

    private PageAnswer status() {
        return PageJson.object(json -> {
            json.writeStringField("stack", target.name());
            json.writeBooleanField("isBilled", target.isBilled());
            json.writeNumberField("pollMs", (target.isBilled() ? POLL_WHERE_BILLED : POLL).toMillis());
            new QueueDepths(target).writeTo(json);
            if (target.place() == Target.Place.UP) {
                // True at once there; AWS counts every six hours.
                json.writeNumberField(
                        "records",
                        Calls.await(target.dynamoDb().describeTable(request -> request.tableName(target.table())))
                                .table()
                                .itemCount());
            }
            json.writeNumberField("calls", count.calls());
            json.writeNumberField("readUnits", count.units());
        });
    }

    private PageAnswer batches() {
        BatchList.Found found = found();
        return PageJson.object(json -> {
            json.writeArrayFieldStart("batches");
            int shown = 0;
            for (BatchHead head : found.heads()) {
                LiveBatch batch = live(head.batchId());
                batch.know(head);
                if (shown++ < LISTED_LIVE_MAX) {
                    read(batch);
                }
                json.writeStartObject();
                batch.writeTo(json, Instant.now());
                json.writeEndObject();
            }
            for (String batchId : found.seen()) {
                json.writeStartObject();
                json.writeStringField("batchId", batchId);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("isMore", found.isMore());
            json.writeBooleanField(
                    "isListed", !target.isBilled() || target.batchesTable().isPresent());
        });
    }

    /// Finding batches takes a call for each that has no head: the more there are, the longer an answer
    /// holds.
    private synchronized BatchList.Found found() {
        BatchList.Found last = found;
        if (last != null
                && System.nanoTime() - foundAt
                        < FOUND_HOLDS_A_BATCH.toNanos() * last.seen().size()) {
            return last;
        }
        BatchList.Found now = new BatchList(target, count).find();
        found = now;
        foundAt = System.nanoTime();
        return now;
    }

    private PageAnswer batch(String batchId) {
        LiveBatch batch = live(batchId);
        read(batch);
        return PageJson.object(json -> batch.writeTo(json, Instant.now()));
    }

    private BatchParts parts(String batchId) {
        LiveBatch batch = live(batchId);
        if (batch.isUnread()) {
            read(batch);
        }
        return batch.parts();
    }

    private LiveBatch live(String batchId) {
        synchronized (live) {
            return live.computeIfAbsent(batchId, id -> new LiveBatch(id, System::nanoTime));
        }
    }

    private void read(LiveBatch batch) {
        if (target.batchesTable().isPresent()) {
            batch.read(target, count);
        }
    }
}
