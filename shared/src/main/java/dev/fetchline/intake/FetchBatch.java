package dev.fetchline.intake;

import java.util.List;

/// The items of one message, in the order in which they were written.
///
/// @param batchId the message's own `batchId`, else its SQS message id
/// @param items at most 10,000; an empty list is valid
public record FetchBatch(String batchId, List<BatchItem> items) implements Intake {
    public FetchBatch {
        items = List.copyOf(items);
    }
}
