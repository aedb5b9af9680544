package dev.fetchline.local.stack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Messages on their way into one event: at most so many, and at most as large as a synchronous invocation may be.
final class Batch {
    /// Lambda's limit of a synchronous invocation's payload.
    static final int EVENT_BYTES_MAX = 6 * 1024 * 1024;

    private static final byte[] HEAD = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    private final int sizeMax;
    private final int bytesMax;
    private final Map<String, SqsRecord> records = new LinkedHashMap<>();
    private int bytes = HEAD.length + TAIL.length;

    Batch(int sizeMax) {
        this(sizeMax, EVENT_BYTES_MAX);
    }

    Batch(int sizeMax, int bytesMax) {
        this.sizeMax = sizeMax;
        this.bytesMax = bytesMax;
    }

    /// Takes the record unless it has no place any more. A message received again replaces its former receipt: only the
    /// newest receipt deletes it, and one batch never names a message twice.
    boolean offer(SqsRecord record) {
        SqsRecord former = records.get(record.messageId());
        int more = record.json().length + 1 - (former == null ? 0 : former.json().length + 1);
        boolean alone = records.isEmpty();
        if (!alone && (bytes + more > bytesMax || (former == null && full()))) {
            return false;
        }
        records.put(record.messageId(), record);
        bytes += more;
        return true;
    }

    boolean full() {
        return records.size() >= sizeMax;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    int size() {
        return records.size();
    }

    int room() {
        return sizeMax - records.size();
    }

    Set<String> messageIds() {
        return records.keySet();
    }

    Collection<SqsRecord> records() {
        return records.values();
    }

    String event() {
        ByteArrayOutputStream event = new ByteArrayOutputStream(bytes);
        event.writeBytes(HEAD);
        boolean first = true;
        for (SqsRecord record : records.values()) {
            if (!first) {
                event.write(',');
            }
            event.writeBytes(record.json());
            first = false;
        }
        event.writeBytes(TAIL);
        return event.toString(StandardCharsets.UTF_8);
    }
}
