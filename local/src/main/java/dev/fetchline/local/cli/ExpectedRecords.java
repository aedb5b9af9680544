package dev.fetchline.local.cli;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.record.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The records that the messages of a run are to leave, in the order of the input. What the function reads out of a
/// body is read here with the same reader, so a URL that has no record is known by its key.
final class ExpectedRecords {
    private final Map<RecordKey, Expected> byKey = new LinkedHashMap<>();

    private final Set<String> batches = new HashSet<>();

    /// @param position in the input; a URL that comes twice has its first one
    /// @param submitted as written
    private record Expected(int position, String submitted) {}

    private ExpectedRecords() {}

    /// @param messageIds what the queue called the messages, in the same order
    static ExpectedRecords of(List<OutgoingMessage> messages, List<String> messageIds) {
        ExpectedRecords expected = new ExpectedRecords();
        for (int i = 0; i < messages.size(); i++) {
            // A body that cannot be read leaves no records; it is quarantined.
            if (BatchReader.read(messages.get(i).body(), messageIds.get(i)) instanceof FetchBatch batch) {
                batch.items().forEach(item -> expected.add(batch.batchId(), item));
            }
        }
        return expected;
    }

    private void add(String batchId, BatchItem item) {
        String submitted = switch (item) {
            case FetchItem fetch -> fetch.url();
            case InvalidItem invalid -> invalid.text();
        };
        batches.add(batchId);
        byKey.putIfAbsent(FetchPipeline.keyOf(batchId, item), new Expected(byKey.size(), submitted));
    }

    /// Whether one of the batches of the messages has that name.
    boolean hasBatch(String batchId) {
        return batches.contains(batchId);
    }

    int count() {
        return byKey.size();
    }

    /// The records in the order of the input; what was not expected comes last, by batch and URL.
    List<FetchRecord> inInputOrder(Collection<FetchRecord> records) {
        return records.stream()
                .sorted(Comparator.comparingInt(this::positionOf)
                        .thenComparing(FetchRecord::batchId)
                        .thenComparing(FetchRecord::url))
                .toList();
    }

    /// What was submitted and has no final record, in the order of the input.
    List<String> unfinished(Collection<FetchRecord> records) {
        Set<RecordKey> finished = new HashSet<>();
        for (FetchRecord fetched : records) {
            if (fetched.isFinal()) {
                finished.add(keyOf(fetched));
            }
        }
        List<String> unfinished = new ArrayList<>();
        byKey.forEach((key, expected) -> {
            if (!finished.contains(key)) {
                unfinished.add(expected.submitted());
            }
        });
        return unfinished;
    }

    private int positionOf(FetchRecord fetched) {
        Expected expected = byKey.get(keyOf(fetched));
        return expected == null ? Integer.MAX_VALUE : expected.position();
    }

    private static RecordKey keyOf(FetchRecord fetched) {
        return new RecordKey(fetched.batchId(), fetched.url());
    }
}
