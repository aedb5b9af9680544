package dev.fetchline.local.status;

import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetException;
import dev.fetchline.local.target.UpFile;
import java.util.Map;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Looks at a stack without disturbing it: nothing is received, for a receive would count against the message.
///
/// @param target the stack
/// @param upFile where a running `up` left what it is
public record StatusReader(Target target, UpFile upFile) {
    private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final QueueAttributeName IN_FLIGHT = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
    private static final QueueAttributeName DELAYED = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;

    /// How the stack is doing now.
    ///
    /// @throws TargetException with one sentence where its queues cannot be asked
    public StackStatus read() {
        StackStatus.Depth queue = depth(target.queueUrl());
        StackStatus.Depth deadLetters = depth(target.deadLetterQueueUrl());
        FunctionFigures figures = target.isBilled() ? DeployedFigures.of(target) : figuresOfUp();
        return new StackStatus(
                target.name(),
                queue,
                figures.oldest(),
                deadLetters,
                figures.environments(),
                figures.failedInvocations(),
                figures.lastErrors(),
                figures.notes(),
                figures.logCommand());
    }

    /// Of the `up` of this checkout where it serves this queue: it may use an emulator's.
    private FunctionFigures figuresOfUp() {
        return upFile.ofLiving()
                .filter(fields -> target.queueUrl().equals(fields.get("queueUrl")))
                .map(LocalFigures::of)
                .orElse(FunctionFigures.UNKNOWN);
    }

    private StackStatus.Depth depth(String queueUrl) {
        try {
            Map<QueueAttributeName, String> counts = target.sqs()
                    .getQueueAttributes(
                            request -> request.queueUrl(queueUrl).attributeNames(WAITING, IN_FLIGHT, DELAYED))
                    .join()
                    .attributes();
            return new StackStatus.Depth(number(counts, WAITING), number(counts, IN_FLIGHT), number(counts, DELAYED));
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException fault) {
                String why =
                        String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
                throw new TargetException(
                        "the queue " + queueUrl + " cannot be asked (" + why
                                + "): look at its address and at the permission sqs:GetQueueAttributes.",
                        e);
            }
            throw e;
        }
    }

    private static long number(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }
}
