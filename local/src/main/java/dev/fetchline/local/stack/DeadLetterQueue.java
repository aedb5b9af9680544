package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// The queue of messages that could not be read or kept failing, to look at.
///
/// @param sqs client of the queue
/// @param queueUrl of the dead-letter queue
public record DeadLetterQueue(SqsAsyncClient sqs, String queueUrl) {
    private static final int ENTRIES_MAX = 10;

    /// How long a message is hidden when the process ends before it is shown again.
    private static final int HIDDEN_SECONDS = 30;

    /// Messages with all their attributes. They are received to be seen and then made visible again: they stay.
    ///
    /// @param most messages to look at
    public List<Message> look(int most) {
        List<Message> seen = new ArrayList<>();
        while (seen.size() < most) {
            List<Message> received = Calls.await(sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(Math.min(ENTRIES_MAX, most - seen.size()))
                            .visibilityTimeout(HIDDEN_SECONDS)
                            .waitTimeSeconds(0)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All")))
                    .messages();
            if (received.isEmpty()) {
                break;
            }
            seen.addAll(received);
        }
        for (int from = 0; from < seen.size(); from += ENTRIES_MAX) {
            showAgain(seen.subList(from, Math.min(from + ENTRIES_MAX, seen.size())));
        }
        return seen;
    }

    private void showAgain(List<Message> messages) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        messages.forEach(message -> entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(0)
                .build()));
        Calls.await(sqs.changeMessageVisibilityBatch(
                request -> request.queueUrl(queueUrl).entries(entries)));
    }
}
