package dev.fetchline.local.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The queue as one environment reaches it: the operations that the function uses.
final class SimulatedQueueClient implements SqsAsyncClient {
    private static final int BATCH_BYTES_MAX = 1024 * 1024;

    private final World world;
    private final Environment environment;
    private final Wire wire;

    SimulatedQueueClient(World world, Environment environment) {
        this.world = world;
        this.environment = environment;
        this.wire = new Wire(world, environment);
    }

    @Override
    public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
        String invocation = environment.invocation();
        return wire.call(
                way(),
                () -> {
                    expectService();
                    MessageAttributeValue reason = request.messageAttributes().get("reason");
                    MessageAttributeValue original = request.messageAttributes().get("originalMessageId");
                    world.history()
                            .add(new Event.Quarantined(
                                    world.agenda().now(),
                                    original == null ? "?" : original.stringValue(),
                                    reason == null ? null : reason.stringValue(),
                                    invocation));
                    return SendMessageResponse.builder().messageId("dead").build();
                },
                () -> failed("quarantine lost or unanswered", invocation));
    }

    @Override
    public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
        String invocation = environment.invocation();
        return wire.call(way(), () -> take(request, invocation), () -> failed("lost or unanswered", invocation));
    }

    private SendMessageBatchResponse take(SendMessageBatchRequest request, String invocation) {
        expectWellFormed(request);
        try {
            expectService();
        } catch (SqsException refused) {
            failed("refused", invocation);
            throw refused;
        }
        boolean partly = world.faults().strikes(Fault.SEND_PARTLY_REFUSED);
        SendMessageBatchResponse.Builder response = SendMessageBatchResponse.builder();
        var accepted = new java.util.ArrayList<SendMessageBatchResultEntry>();
        var refused = new java.util.ArrayList<BatchResultErrorEntry>();
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            if (partly && world.faults().random().nextBoolean()) {
                refused.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .code("InternalError")
                        .senderFault(false)
                        .build());
                continue;
            }
            int delay = entry.delaySeconds() == null ? 0 : entry.delaySeconds();
            String id = world.queue().add(entry.messageBody(), delay);
            world.history()
                    .add(new Event.Deferred(
                            world.agenda().now(), id, invocation, entry.messageBody(), world.wallMillis(), delay));
            accepted.add(SendMessageBatchResultEntry.builder()
                    .id(entry.id())
                    .messageId(id)
                    .build());
        }
        if (!refused.isEmpty()) {
            failed("refused in part", invocation);
        }
        return response.successful(accepted).failed(refused).build();
    }

    private static void expectWellFormed(SendMessageBatchRequest request) {
        Set<String> ids = new HashSet<>();
        long bytes = 0;
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            ids.add(entry.id());
            bytes += entry.messageBody().getBytes(StandardCharsets.UTF_8).length;
            if (entry.delaySeconds() != null && (entry.delaySeconds() < 0 || entry.delaySeconds() > 900)) {
                throw refusal("InvalidParameterValue", 400);
            }
        }
        int count = request.entries().size();
        if (count == 0 || count > 10 || ids.size() != count || bytes > BATCH_BYTES_MAX) {
            throw refusal("AWS.SimpleQueueService.BatchRequestTooLong", 400);
        }
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return wire.call(
                way(),
                () -> {
                    expectService();
                    request.entries().forEach(entry -> {
                        if (!world.faults().strikes(Fault.VISIBILITY_LOST)) {
                            world.queue().changeVisibility(entry.receiptHandle(), entry.visibilityTimeout());
                        }
                    });
                    return ChangeMessageVisibilityBatchResponse.builder()
                            .successful(request.entries().stream()
                                    .map(entry -> ChangeMessageVisibilityBatchResultEntry.builder()
                                            .id(entry.id())
                                            .build())
                                    .toList())
                            .build();
                },
                () -> {});
    }

    private void expectService() {
        if (world.faults().strikes(Fault.SEND_REFUSED)) {
            throw refusal("ServiceUnavailable", 503);
        }
    }

    private static SqsException refusal(String code, int status) {
        return (SqsException) SqsException.builder()
                .message("simulated: " + code)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .statusCode(status)
                .build();
    }

    private void failed(String how, String invocation) {
        world.history().add(new Event.SendFailed(world.agenda().now(), invocation, how));
    }

    private Wire.Way way() {
        Faults faults = world.faults();
        return new Wire.Way(
                !faults.strikes(Fault.SEND_LOST),
                !faults.strikes(Fault.SEND_UNANSWERED),
                faults.strikes(Fault.QUEUE_SLOW));
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
