package dev.fetchline.local.submit;

import dev.fetchline.aws.CallFault;
import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.submit.Submission.Packed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// The head of a batch that is being sent, which says how far it is. A stack without a table of batches has none.
final class DeliveryHead {
    /// As long as records are kept by default (template.yaml, ResultTtlDays).
    private static final Duration KEPT = Duration.ofDays(30);

    private final Optional<BatchesTable> heads;
    private final SubmitSettings settings;
    private final Packed packed;
    private Instant writtenAt = Instant.MIN;

    DeliveryHead(Optional<BatchesTable> heads, SubmitSettings settings, Packed packed) {
        this.heads = heads;
        this.settings = settings;
        this.packed = packed;
    }

    /// Somebody else may have submitted a batch of this name, or this one on another machine.
    ///
    /// @throws SubmitException if there is a head, or it cannot be known
    void expectNone() {
        heads.flatMap(this::in).ifPresent(head -> {
            throw new SubmitException(
                    "a batch %s was submitted to this stack at %s, from another machine or with another state directory:"
                                    .formatted(settings.batchId(), head.submittedAt())
                            + " choose another --batch-id.");
        });
    }

    private Optional<BatchHead> in(BatchesTable table) {
        try {
            return table.head(settings.batchId());
        } catch (SdkException e) {
            throw new SubmitException(
                    "the table %s, which has the heads of batches, cannot be read (%s): nothing was sent."
                            .formatted(table.name(), CallFault.describe(e)),
                    e);
        }
    }

    /// When it was last written, or that was tried.
    Instant writtenAt() {
        return writtenAt;
    }

    /// @param begunAt when the batch was first submitted
    /// @param sent URLs so far
    /// @param isSent whether that is all
    /// @throws SubmitException if it cannot be written
    void write(Instant begunAt, long sent, boolean isSent) {
        writtenAt = Instant.now();
        heads.ifPresent(table -> {
            try {
                table.put(head(begunAt, sent, isSent));
            } catch (SdkException e) {
                throw new SubmitException(
                        "the batch's head cannot be written to the table %s (%s): run the same command again."
                                .formatted(table.name(), CallFault.describe(e)),
                        e);
            }
        });
    }

    /// Between the first and the last a head may stay as it is: it says less than is true, and nothing false.
    void writeIfPossible(Instant begunAt, long sent) {
        try {
            write(begunAt, sent, false);
        } catch (SubmitException _) {
            // The next one follows soon.
        }
    }

    private BatchHead head(Instant begunAt, long sent, boolean isSent) {
        return new BatchHead(
                settings.batchId(),
                begunAt,
                isSent,
                packed.urls(),
                sent,
                packed.messages().size(),
                packed.parts().count(),
                packed.keys(),
                settings.tag(),
                begunAt.plus(KEPT));
    }
}
