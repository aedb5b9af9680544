package dev.fetchline.local.redrive;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.Intake;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.UnknownVersion;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.local.stack.DeadMessage;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/// A message of the dead-letter queue, read as the function would read it today.
///
/// @param message as it was received
/// @param originalId id of the message as it was first sent; where it names no batch, that is the batch of its records
/// @param reason why it is there, one sentence
/// @param isTruncated whether its body is only the beginning of what was sent
/// @param sentAt when it was sent; SQS keeps that when it moves a message
/// @param intake what its body says
public record DeadLetter(
        Message message, String originalId, String reason, boolean isTruncated, Instant sentAt, Intake intake) {
    static DeadLetter of(Message message) {
        DeadMessage dead = DeadMessage.of(message);
        return new DeadLetter(
                message,
                dead.originalId(),
                dead.reason(),
                dead.isTruncated(),
                dead.sentAt(),
                BatchReader.read(message.body(), dead.originalId()));
    }

    /// What it asks for, each with what it has behind it; empty for one that cannot be read.
    List<DeferredItem> entries() {
        return switch (intake) {
            case FetchBatch batch -> {
                Origin origin = new Origin(originalId, sentAt.toEpochMilli());
                Progress none = Progress.none(System.currentTimeMillis());
                yield batch.items().stream()
                        .map(item -> new DeferredItem(batch.batchId(), origin, item, none))
                        .toList();
            }
            case Deferral deferral -> deferral.items();
            case UnknownVersion _, Unreadable _ -> List.of();
        };
    }
}
