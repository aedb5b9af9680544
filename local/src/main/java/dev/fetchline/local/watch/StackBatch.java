package dev.fetchline.local.watch;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.stack.QueueCounts;
import dev.fetchline.local.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A batch on a stack.
public final class StackBatch implements BatchSource {
    /// What counting needs of a record.
    private static final Set<String> ATTRIBUTES = Set.of("url", "status", "nextAttemptAt");

    private static final List<QueueAttributeName> COUNTS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    private final Target target;
    private final TableReader reader;
    private final String batchId;
    private final double readUnitUsd;
    private final double requestUsd;
    private long requests;
    private double headUnits;

    /// @param reader that counts what reading takes
    /// @param readUnitUsd the price of a read unit; 0 where nothing is billed
    /// @param requestUsd the price of a request of SQS; 0 where nothing is billed
    public StackBatch(Target target, TableReader reader, String batchId, double readUnitUsd, double requestUsd) {
        this.target = target;
        this.reader = reader;
        this.batchId = batchId;
        this.readUnitUsd = readUnitUsd;
        this.requestUsd = requestUsd;
    }

    @Override
    public Optional<BatchHead> head() {
        Optional<BatchHead> head = batches().flatMap(batches -> batches.headIfAny(batchId));
        // A consistent read of an item takes a unit for each 4 KB; the sums are what a head consists of.
        headUnits += head.map(its -> Math.ceil((500 + 30.0 * its.keys().size()) / 4096))
                .orElse(1.0);
        return head;
    }

    @Override
    public List<ProgressRow> rowsAfter(String entry) {
        return batches()
                .map(batches -> batches.progress(reader, batchId, entry))
                .orElse(List.of());
    }

    private Optional<BatchesTable> batches() {
        return target.batchesTable().map(name -> new BatchesTable(target.dynamoDb(), name));
    }

    @Override
    public QueueCounts queue() {
        Map<QueueAttributeName, String> counts = attributes(target.queueUrl());
        return new QueueCounts(count(counts, 0), count(counts, 1), count(counts, 2));
    }

    @Override
    public long deadLetters() {
        Map<QueueAttributeName, String> counts = attributes(target.deadLetterQueueUrl());
        return count(counts, 0) + count(counts, 1) + count(counts, 2);
    }

    private Map<QueueAttributeName, String> attributes(String queueUrl) {
        requests++;
        try {
            return target.sqs()
                    .getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(COUNTS))
                    .join()
                    .attributes();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static long count(Map<QueueAttributeName, String> counts, int index) {
        return Long.parseLong(counts.getOrDefault(COUNTS.get(index), "0"));
    }

    @Override
    public PartRead read(String part) {
        BatchParts parts = new BatchParts(batchId, 0);
        PartRead.Counting counting = new PartRead.Counting();
        new BatchRecords(reader, target.table(), parts)
                .eachConsistently(parts.partitionOf(part), ATTRIBUTES, counting::add);
        return counting.read();
    }

    @Override
    public Spent spent() {
        return new Spent(reader.readUnits() + headUnits, requests, readUnitUsd, requestUsd);
    }
}
