package dev.fetchline.local.submit;

import dev.fetchline.aws.CallFault;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.submit.Submission.Packed;
import dev.fetchline.local.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Sends a packed batch to a stack, once: it goes on where an earlier one was cut off, and what SQS has confirmed is
/// not
/// sent again. The batch's head says how far it is.
public final class Delivery implements AutoCloseable {
    private static final Duration BETWEEN_HEADS = Duration.ofSeconds(5);

    private final Target target;
    private final Packed packed;
    private final Manifest manifest;
    private final DeliveryHead head;
    private final long urlsBefore;
    private final long messagesBefore;
    private @Nullable Sender sender;

    private Delivery(Target target, SubmitSettings settings, Packed packed, Manifest manifest) {
        this.target = target;
        this.packed = packed;
        this.manifest = manifest;
        this.head = new DeliveryHead(
                target.batchesTable().map(name -> new BatchesTable(target.dynamoDb(), name)), settings, packed);
        this.messagesBefore = manifest.sent().cardinality();
        this.urlsBefore = manifest.sent().stream()
                .mapToLong(number -> packed.messages().message(number).urls())
                .sum();
    }

    /// What tells a queue from all others, those that had its name before it included.
    ///
    /// @throws SubmitException if it cannot be reached
    public static String queueOf(Target target) {
        try {
            return target.queueUrl() + " "
                    + target.sqs()
                            .getQueueAttributes(request -> request.queueUrl(target.queueUrl())
                                    .attributeNames(QueueAttributeName.CREATED_TIMESTAMP))
                            .join()
                            .attributes()
                            .getOrDefault(QueueAttributeName.CREATED_TIMESTAMP, "");
        } catch (CompletionException e) {
            throw new SubmitException(
                    "the queue %s cannot be reached (%s).".formatted(target.queueUrl(), CallFault.describe(e)), e);
        }
    }

    /// Looks what an earlier submit of the batch did.
    ///
    /// @param queue of the stack, as [#queueOf] says
    /// @throws SubmitException if other messages were sent under this batch id
    public static Delivery open(
            Target target, String queue, SubmitSettings settings, Packed packed, StateDirectory state) {
        Manifest manifest = Manifest.open(state.manifestOf(queue, settings.batchId()));
        try {
            expectSame(settings.batchId(), packed, manifest);
            return new Delivery(target, settings, packed, manifest);
        } catch (RuntimeException e) {
            manifest.close();
            throw e;
        }
    }

    private static void expectSame(String batchId, Packed packed, Manifest manifest) {
        manifest.begun().ifPresent(begun -> {
            if (!begun.fingerprint().equals(packed.messages().fingerprint())) {
                throw new SubmitException(
                        "the batch %s was submitted before, at %s, with other input or other options: give this one"
                                        .formatted(batchId, begun.at())
                                + " another --batch-id, or submit what it was then.");
            }
        });
    }

    /// Whether all was sent before: then there is nothing to send.
    public boolean isDone() {
        return manifest.isDone();
    }

    /// When the batch was first submitted.
    public Optional<Instant> begunAt() {
        return manifest.begun().map(Manifest.Begun::at);
    }

    /// URLs that an earlier submit sent.
    public long urlsBefore() {
        return urlsBefore;
    }

    /// URLs that were sent, now and before.
    public long urlsSent() {
        return urlsBefore + (sender == null ? 0 : sender.urlsSent());
    }

    /// Messages that were sent, now and before.
    public long messagesSent() {
        return messagesBefore + (sender == null ? 0 : sender.messagesSent());
    }

    /// Whether the queue refuses `MessageGroupId`, so that messages have none.
    public boolean leftOutGroups() {
        return sender != null && sender.leftOutGroups();
    }

    /// Begins to send what was not sent before.
    ///
    /// @throws SubmitException if the batch's head cannot be written, or says that this batch is another one
    public void start() {
        if (manifest.begun().isEmpty()) {
            head.expectNone();
            manifest.begin(new Manifest.Begun(
                    packed.messages().fingerprint(),
                    packed.messages().size(),
                    packed.urls(),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        }
        head.write(begun(), urlsSent(), false);
        Sender its = new Sender(
                target.sqs(),
                target.queueUrl(),
                packed.messages(),
                manifest,
                target.place() != Target.Place.DEPLOYED,
                Sender.Pause.REAL);
        sender = its;
        its.start();
    }

    private Instant begun() {
        return begunAt().orElseGet(Instant::now);
    }

    /// Waits for so long, and brings the head up to date now and then.
    ///
    /// @return whether nothing is sent any more: all was, or it was stopped
    /// @throws SubmitException if the queue does not take the messages
    public boolean await(Duration wait) throws InterruptedException {
        Sender its = sender;
        if (its == null) {
            throw new IllegalStateException("nothing was started");
        }
        if (!its.await(wait)) {
            if (head.writtenAt().plus(BETWEEN_HEADS).isBefore(Instant.now())) {
                head.writeIfPossible(begun(), urlsSent());
            }
            return false;
        }
        if (urlsSent() < packed.urls()) {
            // It was stopped. The last word on how far it got.
            head.writeIfPossible(begun(), urlsSent());
            return true;
        }
        head.write(begun(), urlsSent(), true);
        manifest.done(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return true;
    }

    /// Starts no call any more, and waits for those in flight.
    ///
    /// @return whether they ended in time
    public boolean stop(Duration wait) {
        Sender its = sender;
        if (its == null) {
            return true;
        }
        its.stop();
        try {
            return its.await(wait);
        } catch (SubmitException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        manifest.close();
    }
}
